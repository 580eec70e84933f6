/** Tests of writing. */
@NullMarked
package dev.temper.data.write;

import org.jspecify.annotations.NullMarked;
