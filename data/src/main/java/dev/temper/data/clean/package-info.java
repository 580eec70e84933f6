/** Steps that look at one row alone: its characters, its length, its language, what it repeats. */
@NullMarked
package dev.temper.data.clean;

import org.jspecify.annotations.NullMarked;
