package dev.temper.trainer.data;

import dev.temper.text.template.Packing;
import dev.temper.text.template.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Lays the samples of a step out for computing. Which samples are a step is decided before; this never changes it. */
public final class MicroBatches {
    private final TokenStore store;
    private final boolean packing;
    private final int batchSize;
    private final int tokenBudget;

    /**
     * @param packing fills micro-batches up to {@code tokenBudget}; else each has {@code batchSize} samples
     * @param tokenBudget a longer sample has a micro-batch of its own
     */
    public MicroBatches(TokenStore store, boolean packing, int batchSize, int tokenBudget) {
        this.store = store;
        this.packing = packing;
        this.batchSize = batchSize;
        this.tokenBudget = tokenBudget;
    }

    /** The samples end to end, in as many micro-batches as they need. */
    public List<MicroBatch> of(int[] samples) {
        return plan(samples).stream().map(this::batch).toList();
    }

    /** Tokens of the largest micro-batch these samples make. */
    public int largest(int[] samples) {
        return plan(samples).stream()
                .mapToInt(batch -> IntStream.of(batch).map(store::length).sum())
                .max()
                .orElse(0);
    }

    private List<int[]> plan(int[] samples) {
        if (!packing) {
            List<int[]> batches = new ArrayList<>();
            for (int from = 0; from < samples.length; from += batchSize) {
                batches.add(Arrays.copyOfRange(samples, from, Math.min(samples.length, from + batchSize)));
            }
            return batches;
        }
        int[] lengths = IntStream.of(samples).map(store::length).toArray();
        int capacity = Math.max(tokenBudget, IntStream.of(lengths).max().orElse(0));
        return Packing.plan(lengths, capacity).stream()
                .map(row -> IntStream.of(row).map(i -> samples[i]).toArray())
                .toList();
    }

    private MicroBatch batch(int[] samples) {
        int[] starts = new int[samples.length + 1];
        for (int i = 0; i < samples.length; i++) {
            starts[i + 1] = starts[i] + store.length(samples[i]);
        }
        int[] tokens = new int[starts[samples.length]];
        int[] labels = new int[tokens.length];
        for (int i = 0; i < samples.length; i++) {
            Sample sample = store.sample(samples[i]);
            System.arraycopy(sample.ids(), 0, tokens, starts[i], sample.length());
            System.arraycopy(sample.labels(), 0, labels, starts[i], sample.length());
        }
        return new MicroBatch(new PackedBatch(tokens, labels, starts), samples);
    }
}
