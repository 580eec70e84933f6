/** Tests of what both halves share. */
@NullMarked
package dev.temper.text;

import org.jspecify.annotations.NullMarked;
