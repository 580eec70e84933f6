/** Datasets: the list, bringing a file in, what became of it, the rows of a version. */
@NullMarked
package dev.temper.web.dataset;

import org.jspecify.annotations.NullMarked;
