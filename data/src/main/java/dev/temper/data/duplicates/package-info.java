/** Finding rows that are there already, with an index that lies on disk whatever the number of rows. */
@NullMarked
package dev.temper.data.duplicates;

import org.jspecify.annotations.NullMarked;
