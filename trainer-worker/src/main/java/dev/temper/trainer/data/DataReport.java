package dev.temper.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of the rows, before anything is trained.
 *
 * @param fingerprint of everything the tokens depend on
 * @param rows read
 * @param samples kept; with joined text these are blocks
 * @param supervisedTokens labels, counted before they are shifted
 * @param highestToken the largest id, for a look at the model's vocabulary
 * @param truncated rows that lost something to the cutoff and are kept all the same
 * @param controlTokenRows rows whose text acts as markup, which it does under compatibility only
 * @param skipped by reason
 */
public record DataReport(
        String fingerprint,
        List<Source> sources,
        long rows,
        int samples,
        long tokens,
        long supervisedTokens,
        int longest,
        int highestToken,
        Truncated truncated,
        long controlTokenRows,
        Map<String, Skipped> skipped) {

    /** @param sha256 of the file */
    public record Source(String path, String sha256, long rows, int samples) {}

    public record Truncated(long rows, long promptTokens, long responseTokens, long turns) {}

    /** @param examples the first places, each with what exactly */
    public record Skipped(long count, String reason, List<String> examples) {}

    /** Of rows that nobody knows any more. */
    public static final DataReport UNKNOWN =
            new DataReport("", List.of(), 0, 0, 0, 0, 0, 0, new Truncated(0, 0, 0, 0), 0, Map.of());

    public DataReport {
        sources = List.copyOf(sources);
        skipped = Map.copyOf(skipped);
    }

    public long skippedRows() {
        return skipped.values().stream().mapToLong(Skipped::count).sum();
    }

    /** Lines for people: what is lost and where. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%,d rows, %,d samples, %,d tokens, %,d of them learned, the longest sample has %,d"
                .formatted(rows, samples, tokens, supervisedTokens, longest));
        if (truncated.rows() > 0) {
            lines.add("%,d rows are longer than the cutoff and lose %,d tokens of prompts, %,d of answers and %,d turns"
                    .formatted(
                            truncated.rows(), truncated.promptTokens(), truncated.responseTokens(), truncated.turns()));
        }
        if (controlTokenRows > 0) {
            lines.add("%,d rows hold control tokens or {{idx}} in their text, which act as markup, as in LLaMA-Factory"
                    .formatted(controlTokenRows));
        }
        skipped.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            Skipped value = entry.getValue();
            lines.add("%,d rows are left out: %s; for example %s"
                    .formatted(value.count(), value.reason(), value.examples().getFirst()));
        });
        return lines;
    }
}
