package dev.temper.trainer.data;

import dev.temper.text.template.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happens to rows while they are prepared. */
final class Tally {
    private static final int EXAMPLES = 5;

    private final List<DataReport.Source> sources = new ArrayList<>();
    private final Map<Skip, Long> skipped = new EnumMap<>(Skip.class);
    private final Map<Skip, List<String>> examples = new EnumMap<>(Skip.class);
    private long rows;
    private int samples;
    private long tokens;
    private long supervised;
    private int longest;
    private int highestToken;
    private long truncatedRows;
    private long promptTokens;
    private long responseTokens;
    private long turns;
    private long controlTokenRows;

    void row() {
        rows++;
    }

    void skip(Skip reason, String place, String detail) {
        skipped.merge(reason, 1L, Long::sum);
        List<String> list = examples.computeIfAbsent(reason, _ -> new ArrayList<>());
        if (list.size() < EXAMPLES) {
            list.add(place + ": " + detail);
        }
    }

    void cut(Sample.Cut cut, boolean controlTokens) {
        controlTokenRows += controlTokens ? 1 : 0;
        if (!cut.isNothing()) {
            truncatedRows++;
            promptTokens += cut.promptTokens();
            responseTokens += cut.responseTokens();
            turns += cut.turns();
        }
    }

    void sample(int[] ids, int learned) {
        samples++;
        tokens += ids.length;
        supervised += learned;
        longest = Math.max(longest, ids.length);
        for (int id : ids) {
            highestToken = Math.max(highestToken, id);
        }
    }

    long rows() {
        return rows;
    }

    int samples() {
        return samples;
    }

    void source(DataReport.Source source) {
        sources.add(source);
    }

    DataReport report(String fingerprint) {
        Map<String, DataReport.Skipped> reasons = new TreeMap<>();
        skipped.forEach((reason, count) -> reasons.put(
                reason.key(),
                new DataReport.Skipped(count, reason.reason(), List.copyOf(examples.getOrDefault(reason, List.of())))));
        return new DataReport(
                fingerprint,
                sources,
                rows,
                samples,
                tokens,
                supervised,
                longest,
                highestToken,
                new DataReport.Truncated(truncatedRows, promptTokens, responseTokens, turns),
                controlTokenRows,
                reasons);
    }
}
