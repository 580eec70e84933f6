/** Tests of the package of this name. */
@NullMarked
package dev.temper.benchmarks.trainer;

import org.jspecify.annotations.NullMarked;
