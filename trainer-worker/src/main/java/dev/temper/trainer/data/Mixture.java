package dev.temper.trainer.data;

import dev.temper.contract.Mixing;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Several sources as one sequence of samples, which an epoch goes through. */
final class Mixture {
    private Mixture() {}

    /**
     * @param samples in the order of their sources
     * @param source of a sample
     * @param weights of the sources; if all are equal, sources take turns instead of being drawn
     */
    static int[] of(int[] samples, IntUnaryOperator source, double[] weights, Mixing mixing, long seed) {
        int[][] bySource = IntStream.range(0, weights.length)
                .mapToObj(s -> IntStream.of(samples)
                        .filter(sample -> source.applyAsInt(sample) == s)
                        .toArray())
                .toArray(int[][]::new);
        long filled = Arrays.stream(bySource).filter(of -> of.length > 0).count();
        if (mixing == Mixing.CONCAT || filled < 2) {
            return samples;
        }
        double[] shares = weights.clone();
        for (int s = 0; s < shares.length; s++) {
            shares[s] = bySource[s].length == 0 ? 0 : shares[s];
        }
        return interleave(bySource, shares, mixing, seed);
    }

    private static int[] interleave(int[][] sources, double[] shares, Mixing mixing, long seed) {
        double total = Arrays.stream(shares).sum();
        boolean turns =
                Arrays.stream(shares).filter(share -> share > 0).distinct().count() == 1;
        Shuffle draw = new Shuffle(seed, "mixture", 0);
        int[] taken = new int[sources.length];
        IntStream.Builder mixed = IntStream.builder();
        for (int turn = 0; goesOn(sources, taken, mixing); turn++) {
            int source = turns ? turn % sources.length : drawn(shares, draw.share() * total);
            if (sources[source].length > 0) {
                mixed.add(sources[source][taken[source]++ % sources[source].length]);
            }
        }
        return mixed.build().toArray();
    }

    private static boolean goesOn(int[][] sources, int[] taken, Mixing mixing) {
        IntStream filled = IntStream.range(0, sources.length).filter(s -> sources[s].length > 0);
        return mixing == Mixing.INTERLEAVE_UNDER
                ? filled.allMatch(s -> taken[s] < sources[s].length)
                : filled.anyMatch(s -> taken[s] < sources[s].length);
    }

    private static int drawn(double[] shares, double at) {
        double sum = 0;
        int last = 0;
        for (int s = 0; s < shares.length; s++) {
            sum += shares[s];
            if (shares[s] > 0) {
                last = s;
                if (at < sum) {
                    return s;
                }
            }
        }
        return last;
    }
}
