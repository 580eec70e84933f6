/** Tests of making further rows. */
@NullMarked
package dev.temper.data.augment;

import org.jspecify.annotations.NullMarked;
