/** Tests of recipes. */
@NullMarked
package dev.temper.data.recipe;

import org.jspecify.annotations.NullMarked;
