package dev.temper.web.dataset;

import dev.temper.platform.dataset.LeftOutRow;
import dev.temper.web.shell.Pages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that was left out, as the report draws it.
 *
 * @param place the sheet or the file, and the line
 */
record LeftOutCard(long number, String place, String message, String code, String content, boolean repaired) {
    private static final int SHOWN = 300;

    /** Some of them. */
    record Some(List<LeftOutCard> items, Pages pages) {}

    static LeftOutCard of(LeftOutRow row) {
        @Nullable String within = row.within();
        String content = row.content();
        boolean whole = content.codePointCount(0, content.length()) <= SHOWN;
        return new LeftOutCard(
                row.number(),
                (within == null ? row.file() : within) + " · " + row.line(),
                row.message(),
                row.code(),
                whole ? content : content.substring(0, content.offsetByCodePoints(0, SHOWN)) + "…",
                row.repairedIn() != null);
    }
}
