/** What somebody wants trained: which model, on which rows, how. It is checked whole before it queues as a job. */
@NullMarked
package dev.temper.platform.task;

import org.jspecify.annotations.NullMarked;
