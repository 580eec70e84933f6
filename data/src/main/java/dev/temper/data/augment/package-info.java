/** Steps that make further rows of a row: the same question in other words. */
@NullMarked
package dev.temper.data.augment;

import org.jspecify.annotations.NullMarked;
