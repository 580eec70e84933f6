/** The log for programs. */
@NullMarked
package dev.temper.platform.audit.web;

import org.jspecify.annotations.NullMarked;
