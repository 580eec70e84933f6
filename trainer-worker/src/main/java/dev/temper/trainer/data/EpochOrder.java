package dev.temper.trainer.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;

/** The order of each epoch: a function of the seed and the epoch's number, so that any place can be found again. */
public final class EpochOrder {
    /** Batches within which samples are sorted by length, as transformers' length-grouped sampler has it. */
    private static final int BATCHES_TO_SORT = 50;

    private final int[] sequence;
    private final boolean shuffles;
    private final int groupedBatch;
    private final IntUnaryOperator length;
    private final long seed;
    private int epoch = -1;
    private int[] order = new int[0];

    /** @param groupedBatch samples of a step, if those of like length shall be drawn together; 0 if not */
    EpochOrder(int[] sequence, boolean shuffles, int groupedBatch, IntUnaryOperator length, long seed) {
        this.sequence = sequence;
        this.shuffles = shuffles;
        this.groupedBatch = groupedBatch;
        this.length = length;
        this.seed = seed;
    }

    /** Samples of an epoch. */
    public int size() {
        return sequence.length;
    }

    /** The samples of one step, from 0. */
    public int[] slice(int ofEpoch, int from, int to) {
        if (ofEpoch != epoch) {
            order = order(ofEpoch);
            epoch = ofEpoch;
        }
        return Arrays.copyOfRange(order, from, to);
    }

    private int[] order(int ofEpoch) {
        if (!shuffles && groupedBatch == 0) {
            return sequence;
        }
        int[] shuffled = new Shuffle(seed, "epoch", ofEpoch).of(sequence);
        return groupedBatch == 0 ? shuffled : grouped(shuffled);
    }

    private int[] grouped(int[] shuffled) {
        int width = groupedBatch * BATCHES_TO_SORT;
        int[] grouped = new int[shuffled.length];
        for (int from = 0; from < shuffled.length; from += width) {
            int to = Math.min(from + width, shuffled.length);
            int[] sorted = Arrays.stream(shuffled, from, to)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer sample) -> length.applyAsInt(sample))
                            .reversed())
                    .mapToInt(Integer::intValue)
                    .toArray();
            System.arraycopy(sorted, 0, grouped, from, sorted.length);
        }
        return grouped;
    }
}
