/** Datasets: imports of customers' files, immutable versions of rows, reports of what was left out. */
@NullMarked
package dev.temper.platform.dataset;

import org.jspecify.annotations.NullMarked;
