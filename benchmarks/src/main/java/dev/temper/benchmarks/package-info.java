/** Whole-program benchmarks; each prints a table and one JSON document. */
@NullMarked
package dev.temper.benchmarks;

import org.jspecify.annotations.NullMarked;
