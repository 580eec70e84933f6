package dev.temper.platform.dataset;

import dev.temper.data.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * One row another way.
 *
 * @param number of the row in the version that is edited
 * @param row what it shall be; null to take it out
 */
public record RowEdit(long number, @Nullable Row row) {}
