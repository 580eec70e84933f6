/** Two platforms, six workers and a thousand jobs on one machine, with everything that may happen to them. */
@NullMarked
package dev.temper.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
