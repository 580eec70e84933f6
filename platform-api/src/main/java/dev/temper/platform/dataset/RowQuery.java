package dev.temper.platform.dataset;

import dev.temper.data.row.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a version are wanted.
 *
 * @param text words that a row must hold, whatever their case; null for all
 * @param kind null for all
 * @param from the first row number wanted, 1 for the beginning
 */
public record RowQuery(@Nullable String text, @Nullable RowKind kind, long from, RowOrder order) {
    public static final RowQuery ALL = new RowQuery(null, null, 1, RowOrder.NUMBER);
}
