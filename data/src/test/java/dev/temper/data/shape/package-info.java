/** Tests of shapes and mappings. */
@NullMarked
package dev.temper.data.shape;

import org.jspecify.annotations.NullMarked;
