/** Rules of the whole repository, checked where every module can be seen. */
@NullMarked
package dev.temper.benchmarks.project;

import org.jspecify.annotations.NullMarked;
