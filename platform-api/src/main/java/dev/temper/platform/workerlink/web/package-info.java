/** The worker link and its enrolment tokens over HTTP. */
@NullMarked
package dev.temper.platform.workerlink.web;

import org.jspecify.annotations.NullMarked;
