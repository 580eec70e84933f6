package dev.temper.platform.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that an import left out.
 *
 * @param number in the report, from 1
 * @param within the sheet or the entry of an archive
 * @param line from 1; 0 for a file as a whole
 * @param code why
 * @param facts what the sentence of the code names, as JSON
 * @param message why, in a sentence
 * @param content as it stood, as JSON
 * @param repairedIn the version it is in since somebody mended it; null for one that is still left out
 */
public record LeftOutRow(
        long number,
        String file,
        @Nullable String within,
        long line,
        @Nullable String column,
        String code,
        @JsonRawValue String facts,
        String message,
        @JsonRawValue String content,
        @Nullable UUID repairedIn) {
    LeftOutRow repairedIn(@Nullable UUID version) {
        return new LeftOutRow(number, file, within, line, column, code, facts, message, content, version);
    }

    /** The same with its reason in a language. */
    public LeftOutRow in(Locale locale) {
        String said = Reasons.sentence(code, facts, locale).orElse(message);
        return new LeftOutRow(number, file, within, line, column, code, facts, said, content, repairedIn);
    }
}
