/** Tests of rows. */
@NullMarked
package dev.temper.data.row;

import org.jspecify.annotations.NullMarked;
