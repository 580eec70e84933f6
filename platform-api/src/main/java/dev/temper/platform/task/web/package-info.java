/** Tasks for programs. */
@NullMarked
package dev.temper.platform.task.web;

import org.jspecify.annotations.NullMarked;
