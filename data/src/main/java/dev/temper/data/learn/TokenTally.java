package dev.temper.data.learn;

import dev.temper.data.learn.TokenStatistics.Bucket;
import dev.temper.text.template.EncodingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds rows up under one cutoff. */
public final class TokenTally implements TokenLengths.Visitor {
    private static final int BUCKETS = 24;

    private final EncodingOptions options;
    private final TreeMap<Integer, long[]> byLength = new TreeMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private long rows;
    private long whole;
    private long cut;
    private long tokens;
    private long used;
    private long learned;
    private long lost;
    private long answersCut;
    private long answersLost;
    private long endless;
    private long affected;

    public TokenTally(int cutoff) {
        this.options = EncodingOptions.cutoff(cutoff);
    }

    /** Of all rows of a file of lengths. */
    public static TokenStatistics of(Path lengths, int cutoff) {
        TokenTally tally = new TokenTally(cutoff);
        TokenLengths.each(lengths, tally);
        return tally.statistics();
    }

    public void add(EncodedRow row) {
        switch (row) {
            case EncodedRow.Turns turns -> lengths(0, turns.lengths());
            case EncodedRow.Unfit unfit -> loss(0, unfit.loss());
        }
    }

    @Override
    public boolean loss(long row, Loss loss) {
        rows++;
        leftOut.merge(loss.id(), 1L, Long::sum);
        return true;
    }

    @Override
    public boolean lengths(long row, int[] lengths) {
        rows++;
        int length = 0;
        for (int each : lengths) {
            length += each;
        }
        tokens += length;
        byLength.computeIfAbsent(length, _ -> new long[1])[0]++;
        Fate fate = Fate.of(lengths, options);
        long kept = fate.loss() == null ? fate.truncation().length() : 0;
        used += kept;
        lost += length - kept;
        if (fate.loss() != null) {
            leftOut.merge(fate.loss().id(), 1L, Long::sum);
        } else {
            learned += fate.truncation().learned();
            if (fate.affected()) {
                cut++;
            } else {
                whole++;
            }
        }
        affected += fate.affected() ? 1 : 0;
        answersLost += fate.answerLost() ? 1 : 0;
        answersCut += fate.answerCut() ? 1 : 0;
        endless += fate.endless() ? 1 : 0;
        return true;
    }

    public TokenStatistics statistics() {
        long counted = byLength.values().stream().mapToLong(count -> count[0]).sum();
        return new TokenStatistics(
                options.cutoffLength(),
                rows,
                whole,
                cut,
                leftOut,
                tokens,
                used,
                learned,
                lost,
                affected,
                answersCut,
                answersLost,
                endless,
                counted == 0 ? 0 : byLength.firstKey(),
                quantile(0.5, counted),
                quantile(0.95, counted),
                quantile(0.99, counted),
                counted == 0 ? 0 : byLength.lastKey(),
                counted == 0 ? 0 : (double) tokens / counted,
                histogram(quantile(0.99, counted)));
    }

    private int quantile(double part, long counted) {
        long wanted = Math.max(1, (long) Math.ceil(part * counted));
        long seen = 0;
        for (Map.Entry<Integer, long[]> length : byLength.entrySet()) {
            seen += length.getValue()[0];
            if (seen >= wanted) {
                return length.getKey();
            }
        }
        return 0;
    }

    /** Buckets of one width as far as nearly all rows go; the few longer ones are in the last. */
    private List<Bucket> histogram(int nearlyAll) {
        int width = Math.max(1, (nearlyAll + BUCKETS) / BUCKETS);
        long[] counts = new long[BUCKETS];
        byLength.forEach((length, count) -> counts[Math.min(BUCKETS - 1, length / width)] += count[0]);
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            buckets.add(new Bucket(i * width, i == BUCKETS - 1 ? Integer.MAX_VALUE : (i + 1) * width, counts[i]));
        }
        while (buckets.size() > 1 && buckets.getLast().rows() == 0) {
            buckets.removeLast();
        }
        return buckets;
    }
}
