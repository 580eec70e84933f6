package dev.temper.text.metric;

import java.util.List;

/** How much of a prediction is right, how much of the reference is met, and the harmonic mean of both; 0 to 1. */
public record Overlap(double precision, double recall, double f) {
    static Overlap of(int matches, int predicted, int expected) {
        double precision = predicted == 0 ? 0 : (double) matches / predicted;
        double recall = expected == 0 ? 0 : (double) matches / expected;
        return new Overlap(precision, recall, harmonic(precision, recall, 0));
    }

    /** With the small number rouge_chinese adds below the line, which shows in the ninth digit. */
    static Overlap damped(int matches, int predicted, int expected) {
        Overlap plain = of(matches, predicted, expected);
        return new Overlap(plain.precision, plain.recall, harmonic(plain.precision, plain.recall, 1e-8));
    }

    private static double harmonic(double precision, double recall, double damping) {
        return precision + recall == 0 ? 0 : 2 * (precision * recall / (precision + recall + damping));
    }

    /** The length of the longest common subsequence. */
    static int longestCommon(List<String> a, List<String> b) {
        int[] row = new int[b.size() + 1];
        for (String word : a) {
            int diagonal = 0;
            for (int i = 1; i <= b.size(); i++) {
                int above = row[i];
                row[i] = word.equals(b.get(i - 1)) ? diagonal + 1 : Math.max(above, row[i - 1]);
                diagonal = above;
            }
        }
        return row[b.size()];
    }
}
