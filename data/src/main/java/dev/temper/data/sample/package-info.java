/** Datasets in the box, of our own making, to try everything with before one has data. */
@NullMarked
package dev.temper.data.sample;

import org.jspecify.annotations.NullMarked;
