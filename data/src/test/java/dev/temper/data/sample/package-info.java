/** Tests of the datasets in the box. */
@NullMarked
package dev.temper.data.sample;

import org.jspecify.annotations.NullMarked;
