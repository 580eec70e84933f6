/** Jobs over REST. */
@NullMarked
package dev.temper.platform.job.web;

import org.jspecify.annotations.NullMarked;
