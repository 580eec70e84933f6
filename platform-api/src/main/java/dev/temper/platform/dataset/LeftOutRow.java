package dev.temper.platform.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/**
 * A row that an import left out.
 *
 * @param number in the report, from 1
 * @param within the sheet or the entry of an archive
 * @param line from 1; 0 for a file as a whole
 * @param code why; pages have words for it
 * @param message the same in English
 * @param content as it stood, as JSON
 */
public record LeftOutRow(
        long number,
        String file,
        @Nullable String within,
        long line,
        @Nullable String column,
        String code,
        String message,
        @JsonRawValue String content) {}
