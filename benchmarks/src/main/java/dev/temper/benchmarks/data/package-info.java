/** Measures how fast rows pass the steps of a recipe. */
@NullMarked
package dev.temper.benchmarks.data;

import org.jspecify.annotations.NullMarked;
