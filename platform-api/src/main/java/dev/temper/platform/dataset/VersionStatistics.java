package dev.temper.platform.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a version holds. Computed once, when it is made.
 *
 * @param turns in all conversations
 * @param characters in all texts
 * @param medianCharacters half of the rows have no more
 * @param p95Characters nineteen rows of twenty have no more
 * @param repeated rows that say what an earlier row says
 * @param chinese rows with Chinese characters
 * @param kinds rows by {@link dev.temper.data.row.RowKind}
 * @param lengths rows by characters
 * @param percentiles the characters that so many rows of a hundred do not exceed
 * @param languages rows by the two letters of their language, the most frequent first; {@link RowQuery#NONE} for the others
 * @param splits rows by what they are for; empty where no step has divided them
 * @param problems rows by what is wrong with them: an answer that is missing or empty, kinds of personal data, secrets
 * @param files rows by the file they came from, the first hundred by rows
 * @param fileCount the files they came from, all of them
 */
public record VersionStatistics(
        long rows,
        long turns,
        long characters,
        long medianCharacters,
        long p95Characters,
        long maxCharacters,
        long repeated,
        long chinese,
        Map<String, Long> kinds,
        List<Bucket> lengths,
        Map<String, Long> percentiles,
        Map<String, Long> languages,
        Map<String, Long> splits,
        Map<String, Long> problems,
        Map<String, Long> files,
        long fileCount) {
    static final int FILES_SHOWN = 100;

    public VersionStatistics {
        kinds = ordered(kinds);
        lengths = List.copyOf(lengths);
        percentiles = ordered(percentiles);
        languages = ordered(languages);
        splits = ordered(splits);
        problems = ordered(problems);
        files = ordered(files);
    }

    /**
     * Rows of about the same length.
     *
     * @param from the fewest characters, inclusive
     * @param below the characters that none of them reaches
     */
    public record Bucket(long from, long below, long rows) {
        /** The bucket of lengths with so many binary digits. */
        static Bucket ofPower(int digits, long rows) {
            return new Bucket(digits == 0 ? 0 : 1L << (digits - 1), 1L << digits, rows);
        }
    }

    /** In the order it has, as copyOf has not; empty for what was counted before there was such a figure. */
    private static Map<String, Long> ordered(@Nullable Map<String, Long> counts) {
        return counts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }
}
