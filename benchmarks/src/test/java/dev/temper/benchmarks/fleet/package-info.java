/** Two replicas behind a proxy, and what becomes of the work when one of them is gone. */
@NullMarked
package dev.temper.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
