/** Tests of dividing rows. */
@NullMarked
package dev.temper.data.division;

import org.jspecify.annotations.NullMarked;
