/** A month of synthetic load played through the scheduler's planner, and what came of it. */
@NullMarked
package dev.temper.benchmarks.schedule;

import org.jspecify.annotations.NullMarked;
