/**
 * From records to canonical rows: which shape the records have, a mapping where nobody has seen the shape before, and the
 * rows, or why there is none.
 */
@NullMarked
package dev.temper.data.shape;

import org.jspecify.annotations.NullMarked;
