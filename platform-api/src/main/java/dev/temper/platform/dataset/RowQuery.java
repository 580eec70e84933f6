package dev.temper.platform.dataset;

import dev.temper.data.row.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a version are wanted. What is null asks for nothing.
 *
 * @param text words that a row must hold, whatever their case
 * @param file the name of the file that a row came from
 * @param least the fewest characters
 * @param most the most characters
 * @param language by its two letters; {@link #NONE} for rows whose language nothing tells
 * @param split what the row is for; {@link #NONE} for rows that no step has divided
 * @param problem the code of one, {@link #ANY}, or {@link #REPEATED}
 * @param from the first row number wanted, 1 for the beginning
 */
public record RowQuery(
        @Nullable String text,
        @Nullable RowKind kind,
        @Nullable String file,
        @Nullable Long least,
        @Nullable Long most,
        @Nullable String language,
        @Nullable String split,
        @Nullable String problem,
        long from,
        RowOrder order) {
    public static final String NONE = "none";
    public static final String ANY = "any";
    /** Rows that say what another row says. */
    public static final String REPEATED = "repeated";

    public static final RowQuery ALL = new RowQuery(null, null, 1, RowOrder.NUMBER);

    public RowQuery(@Nullable String text, @Nullable RowKind kind, long from, RowOrder order) {
        this(text, kind, null, null, null, null, null, null, from, order);
    }
}
