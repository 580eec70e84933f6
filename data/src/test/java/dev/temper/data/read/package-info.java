/** Tests of reading. */
@NullMarked
package dev.temper.data.read;

import org.jspecify.annotations.NullMarked;
