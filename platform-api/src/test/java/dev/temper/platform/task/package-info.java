/** Tests of tasks. */
@NullMarked
package dev.temper.platform.task;

import org.jspecify.annotations.NullMarked;
