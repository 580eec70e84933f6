/** Dividing rows into those to train on, to validate on and to test on. */
@NullMarked
package dev.temper.data.division;

import org.jspecify.annotations.NullMarked;
