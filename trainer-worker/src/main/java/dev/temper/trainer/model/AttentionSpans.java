package dev.temper.trainer.model;

import java.util.stream.LongStream;

/**
 * Cuts the queries of a pack into spans that attention computes at once: a sequence whole, or where a window is much
 * narrower than the sequence in blocks, each with only the keys its queries can see.
 */
final class AttentionSpans {
    /** Below this many queries a block costs more in calls than it saves in products. */
    private static final int SMALLEST_BLOCK = 128;

    private AttentionSpans() {}

    /** From, to and first key of each span, one after the other; a window of 0 sees everything before. */
    static long[] of(int[] segmentStarts, int window) {
        LongStream.Builder spans = LongStream.builder();
        for (int segment = 0; segment + 1 < segmentStarts.length; segment++) {
            int start = segmentStarts[segment];
            int end = segmentStarts[segment + 1];
            int block = window > 0 && end - start > window ? Math.max(SMALLEST_BLOCK, window) : end - start;
            for (int from = start; from < end; from += block) {
                int first = window > 0 ? Math.max(start, from - window + 1) : start;
                spans.add(from).add(Math.min(end, from + block)).add(first);
            }
        }
        return spans.build().toArray();
    }
}
