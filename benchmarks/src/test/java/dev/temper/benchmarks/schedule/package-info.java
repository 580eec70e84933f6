/** Tests of the package of this name. */
@NullMarked
package dev.temper.benchmarks.schedule;

import org.jspecify.annotations.NullMarked;
