package dev.temper.platform.dataset;

import java.util.List;
import java.util.Map;

/**
 * What a version holds.
 *
 * @param turns in all conversations
 * @param characters in all texts
 * @param medianCharacters half of the rows have no more
 * @param p95Characters nineteen rows of twenty have no more
 * @param repeated rows that say what an earlier row says
 * @param chinese rows with Chinese characters
 * @param kinds rows by {@link dev.temper.data.row.RowKind}
 * @param lengths rows by characters
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
        List<Bucket> lengths) {
    public VersionStatistics {
        kinds = Map.copyOf(kinds);
        lengths = List.copyOf(lengths);
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
}
