/** What the documents promise, tried. */
@NullMarked
package dev.temper.benchmarks.documents;

import org.jspecify.annotations.NullMarked;
