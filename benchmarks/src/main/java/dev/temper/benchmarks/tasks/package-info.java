/** How quickly a platform answers that holds ten thousand tasks and five million points of their curves. */
@NullMarked
package dev.temper.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;
