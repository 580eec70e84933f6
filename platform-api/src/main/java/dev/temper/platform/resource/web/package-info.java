/** Nodes, devices, pools and quotas over REST. */
@NullMarked
package dev.temper.platform.resource.web;

import org.jspecify.annotations.NullMarked;
