/** The data side of the platform held to the trainer's. */
@NullMarked
package dev.temper.benchmarks.data;

import org.jspecify.annotations.NullMarked;
