/** The trainer against the machine and against LLaMA-Factory: tokens a second, memory, start, generation. */
@NullMarked
package dev.temper.benchmarks.trainer;

import org.jspecify.annotations.NullMarked;
