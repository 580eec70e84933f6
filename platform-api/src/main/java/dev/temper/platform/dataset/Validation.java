package dev.temper.platform.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.data.learn.TokenStatistics;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What bringing a file in would make of it: {@code rows + added = kept + the sum of reasons}.
 *
 * @param format what the file is, as in {@code jsonl}
 * @param kind what most of the kept rows can be trained with; null where none is kept
 * @param rows that stand in the file
 * @param added made by dividing rows
 * @param reasons rows left out, by code
 * @param leftOut the first hundred of them
 * @param sample the first ten kept rows
 * @param tokens what a training would make of the kept rows; null where no model was named
 */
public record Validation(
        String format,
        @Nullable String kind,
        long rows,
        long added,
        long kept,
        Map<String, Long> reasons,
        List<Left> leftOut,
        Proposed proposal,
        List<NumberedRow> sample,
        @Nullable Tokens tokens) {
    public Validation {
        reasons = Map.copyOf(reasons);
        leftOut = List.copyOf(leftOut);
        sample = List.copyOf(sample);
    }

    /** A row left out. */
    public record Left(Where place, String code, String message) {}

    /**
     * @param within the sheet or the entry of an archive
     * @param line from 1; 0 for a file as a whole
     */
    public record Where(
            String file,
            @Nullable String within,
            long line,
            @Nullable String column) {}

    /**
     * How the file was read.
     *
     * @param mapping the one given, or the likeliest; JSON
     * @param certain whether an import would use it without asking
     */
    public record Proposed(@JsonRawValue String mapping, double confidence, boolean certain, List<String> columns) {}

    /** Counted as a training does. */
    public record Tokens(String model, String template, TokenStatistics statistics) {}
}
