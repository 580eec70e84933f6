/** Tests of stored content. */
@NullMarked
package dev.temper.platform.blob;

import org.jspecify.annotations.NullMarked;
