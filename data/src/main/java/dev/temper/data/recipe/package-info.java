/** What is done to the rows of an import: an ordered, versioned list of steps, read strictly and run one row at a time. */
@NullMarked
package dev.temper.data.recipe;

import org.jspecify.annotations.NullMarked;
