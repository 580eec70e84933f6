package dev.temper.text.metric;

import java.util.List;

/** chrF2 as sacreBLEU computes it: n-grams of up to six characters, recall counted twice, white space left out. */
public final class ChrF {
    private static final int ORDER = 6;
    private static final double RECALL_WEIGHT = 4;

    private ChrF() {}

    /** From 0 to 100. */
    public static double ofSentence(String prediction, String reference) {
        return ofCorpus(List.of(prediction), List.of(reference));
    }

    /** Of many sentences together, from 0 to 100. */
    public static double ofCorpus(List<String> predictions, List<String> references) {
        long[][] counts = new long[ORDER][3];
        for (int s = 0; s < predictions.size(); s++) {
            List<String> ours = Ngrams.characters(predictions.get(s).replaceAll("\\s+", ""));
            List<String> theirs = Ngrams.characters(references.get(s).replaceAll("\\s+", ""));
            for (int n = 1; n <= ORDER; n++) {
                Ngrams predicted = Ngrams.of(ours, n);
                Ngrams expected = Ngrams.of(theirs, n);
                // Where the reference is too short for this order, the prediction's are not held against it.
                counts[n - 1][0] += expected.total() > 0 ? predicted.total() : 0;
                counts[n - 1][1] += expected.total();
                counts[n - 1][2] += predicted.matches(expected);
            }
        }
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (long[] count : counts) {
            if (count[0] > 0 && count[1] > 0) {
                precision += (double) count[2] / count[0];
                recall += (double) count[2] / count[1];
                orders++;
            }
        }
        if (precision + recall == 0) {
            return 0;
        }
        precision /= orders;
        recall /= orders;
        return 100 * (1 + RECALL_WEIGHT) * precision * recall / (RECALL_WEIGHT * precision + recall);
    }
}
