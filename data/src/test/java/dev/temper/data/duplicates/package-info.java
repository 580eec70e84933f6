/** Tests of finding duplicates. */
@NullMarked
package dev.temper.data.duplicates;

import org.jspecify.annotations.NullMarked;
