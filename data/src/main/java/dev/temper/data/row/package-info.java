/** What every reader makes, every step changes and every writer takes: the canonical row, and why a row was left out. */
@NullMarked
package dev.temper.data.row;

import org.jspecify.annotations.NullMarked;
