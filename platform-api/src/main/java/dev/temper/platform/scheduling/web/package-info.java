/** The queue over REST. */
@NullMarked
package dev.temper.platform.scheduling.web;

import org.jspecify.annotations.NullMarked;
