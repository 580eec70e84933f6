/** Tasks: what to train, and how it goes. */
@NullMarked
package dev.temper.web.task;

import org.jspecify.annotations.NullMarked;
