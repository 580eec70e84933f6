/** Rows into the files others read, streamed; reading them again gives the same rows. */
@NullMarked
package dev.temper.data.write;

import org.jspecify.annotations.NullMarked;
