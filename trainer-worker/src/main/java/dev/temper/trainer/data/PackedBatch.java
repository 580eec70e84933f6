package dev.temper.trainer.data;

import java.util.Arrays;

/**
 * One micro-batch: several sequences laid end to end without padding, each seeing only itself.
 *
 * @param tokens ids of all sequences, one after the other
 * @param labels the same length; what each position is, if it is to be learned, else {@link #IGNORED}. Not shifted: the
 *     position before predicts it, and the first of a sequence is predicted by nothing
 * @param segmentStarts where sequences begin, and at last where the final one ends
 */
@SuppressWarnings("ArrayRecordComponent") // A batch is handed over, not compared.
public record PackedBatch(int[] tokens, int[] labels, int[] segmentStarts) {
    /** The label of what is not learned. */
    public static final int IGNORED = -100;

    public PackedBatch {
        if (labels.length != tokens.length) {
            throw new IllegalArgumentException(labels.length + " labels for " + tokens.length + " tokens");
        }
        if (segmentStarts.length < 2
                || segmentStarts[0] != 0
                || segmentStarts[segmentStarts.length - 1] != tokens.length) {
            throw new IllegalArgumentException("sequences do not cover the tokens");
        }
        for (int i = 1; i < segmentStarts.length; i++) {
            if (segmentStarts[i] <= segmentStarts[i - 1]) {
                throw new IllegalArgumentException("sequence " + (i - 1) + " is empty");
            }
        }
    }

    /** A batch of one sequence. */
    public static PackedBatch of(int[] tokens, int[] labels) {
        return new PackedBatch(tokens, labels, new int[] {0, tokens.length});
    }

    /**
     * The same batch with as many tokens as a multiple of {@code step}: where some are missing, one more sequence of
     * them follows that nothing learns from and nothing sees.
     */
    public PackedBatch filledTo(int step) {
        int missing = Math.floorMod(-tokens.length, step);
        if (missing == 0) {
            return this;
        }
        int length = tokens.length + missing;
        int[] longerLabels = Arrays.copyOf(labels, length);
        Arrays.fill(longerLabels, tokens.length, length, IGNORED);
        int[] moreStarts = Arrays.copyOf(segmentStarts, segmentStarts.length + 1);
        moreStarts[segmentStarts.length] = length;
        return new PackedBatch(Arrays.copyOf(tokens, length), longerLabels, moreStarts);
    }

    public int segments() {
        return segmentStarts.length - 1;
    }

    public int length(int segment) {
        return segmentStarts[segment + 1] - segmentStarts[segment];
    }

    public int longest() {
        int longest = 0;
        for (int i = 0; i < segments(); i++) {
            longest = Math.max(longest, length(i));
        }
        return longest;
    }

    /** Labels that are learned, counted before the shift: what transformers divides the loss of a step by. */
    public int labelled() {
        return (int) Arrays.stream(labels).filter(label -> label != IGNORED).count();
    }

    /** The positions whose next token is learned, ascending. */
    public int[] supervised() {
        int[] rows = new int[tokens.length];
        int count = 0;
        for (int segment = 0; segment < segments(); segment++) {
            for (int i = segmentStarts[segment]; i + 1 < segmentStarts[segment + 1]; i++) {
                if (labels[i + 1] != IGNORED) {
                    rows[count++] = i;
                }
            }
        }
        return Arrays.copyOf(rows, count);
    }
}
