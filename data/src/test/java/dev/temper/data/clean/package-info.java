/** Tests of steps that look at one row. */
@NullMarked
package dev.temper.data.clean;

import org.jspecify.annotations.NullMarked;
