package dev.temper.text.metric;

import java.util.Arrays;
import java.util.List;

/**
 * sacreBLEU's BLEU, from 0 to 100, smoothed exponentially.
 *
 * @param brevity what short predictions are multiplied by
 */
public record Bleu(double score, List<Double> precisions, double brevity, long predictedLength, long expectedLength) {
    private static final int ORDER = 4;

    public Bleu {
        precisions = List.copyOf(precisions);
    }

    /** What is summed over sentences before anything is divided. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of these
    private record Counts(long[] matches, long[] totals, long predicted, long expected) {
        static Counts of(String prediction, String reference, BleuTokens tokens) {
            List<String> ours = tokens.of(prediction.stripTrailing());
            List<String> theirs = tokens.of(reference.stripTrailing());
            long[] matches = new long[ORDER];
            long[] totals = new long[ORDER];
            for (int n = 1; n <= ORDER; n++) {
                matches[n - 1] = Ngrams.of(ours, n).matches(Ngrams.of(theirs, n));
                totals[n - 1] = Math.max(0, ours.size() - n + 1);
            }
            return new Counts(matches, totals, ours.size(), theirs.size());
        }

        Counts plus(Counts other) {
            long[] moreMatches = matches.clone();
            long[] moreTotals = totals.clone();
            for (int i = 0; i < ORDER; i++) {
                moreMatches[i] += other.matches[i];
                moreTotals[i] += other.totals[i];
            }
            return new Counts(moreMatches, moreTotals, predicted + other.predicted, expected + other.expected);
        }
    }

    /** Of one sentence: orders it is too short for do not count. */
    public static Bleu ofSentence(String prediction, String reference, BleuTokens tokens) {
        return score(Counts.of(prediction, reference, tokens), true);
    }

    /** Of many sentences together. */
    public static Bleu ofCorpus(List<String> predictions, List<String> references, BleuTokens tokens) {
        Counts sum = new Counts(new long[ORDER], new long[ORDER], 0, 0);
        for (int i = 0; i < predictions.size(); i++) {
            sum = sum.plus(Counts.of(predictions.get(i), references.get(i), tokens));
        }
        return score(sum, false);
    }

    private static Bleu score(Counts counts, boolean effectiveOrder) {
        double brevity = counts.predicted() >= counts.expected()
                ? 1
                : counts.predicted() == 0 ? 0 : Math.exp(1 - (double) counts.expected() / counts.predicted());
        double[] precisions = new double[ORDER];
        double smooth = 1;
        int order = ORDER;
        boolean any = false;
        double logs = 0;
        for (int n = 0; n < ORDER; n++) {
            any |= counts.matches()[n] > 0;
        }
        for (int n = 0; any && n < ORDER && counts.totals()[n] > 0; n++) {
            order = effectiveOrder ? n + 1 : ORDER;
            if (counts.matches()[n] == 0) {
                smooth *= 2;
                precisions[n] = 100.0 / (smooth * counts.totals()[n]);
            } else {
                precisions[n] = 100.0 * counts.matches()[n] / counts.totals()[n];
            }
        }
        for (int n = 0; n < order; n++) {
            logs += Math.log(precisions[n]);
        }
        double score = any ? brevity * Math.exp(logs / order) : 0;
        List<Double> listed = Arrays.stream(precisions).boxed().toList();
        return new Bleu(score, listed, brevity, counts.predicted(), counts.expected());
    }
}
