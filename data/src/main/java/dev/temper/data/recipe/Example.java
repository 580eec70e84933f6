package dev.temper.data.recipe;

import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import org.jspecify.annotations.Nullable;

/**
 * One thing a step did.
 *
 * @param before an excerpt around the first difference; empty where it may not be shown
 * @param after the same place afterwards; empty for a row that was left out
 * @param code why a row was left out; null for one that went on
 */
public record Example(
        Place place, String before, String after, @Nullable String code) {
    private static final int AROUND = 60;
    private static final int LENGTH = 240;

    static Example changed(Row before, Row after, boolean showsBefore) {
        String old = RowText.all(before);
        String now = RowText.all(after);
        int same = 0;
        while (same < old.length() && same < now.length() && old.charAt(same) == now.charAt(same)) {
            same++;
        }
        int from = Math.max(0, same - AROUND);
        return new Example(before.place(), showsBefore ? excerpt(old, from) : "", excerpt(now, from), null);
    }

    static Example leftOut(Row row, String code, boolean showsBefore) {
        return new Example(row.place(), showsBefore ? excerpt(RowText.all(row), 0) : "", "", code);
    }

    private static String excerpt(String text, int from) {
        int start = from > 0 && from < text.length() && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
        int end = Math.min(text.length(), start + LENGTH);
        if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
            end--;
        }
        return (start > 0 ? "…" : "") + text.substring(Math.min(start, end), end) + (end < text.length() ? "…" : "");
    }
}
