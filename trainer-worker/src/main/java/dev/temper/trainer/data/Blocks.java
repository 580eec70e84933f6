package dev.temper.trainer.data;

import java.util.Arrays;

/** Joins running text to blocks of one length, the way continued pre-training reads it. */
final class Blocks {
    private final int length;
    private final Sink sink;
    private final int[] block;
    private int filled;
    private int source;
    private long row;

    /** Takes finished blocks. */
    interface Sink {
        void block(int[] ids, int source, long row);
    }

    Blocks(int length, Sink sink) {
        this.length = length;
        this.sink = sink;
        this.block = new int[length];
    }

    void add(int[] ids, int fromSource, long fromRow) {
        for (int at = 0; at < ids.length; ) {
            if (filled == 0) {
                source = fromSource;
                row = fromRow;
            }
            int taken = Math.min(length - filled, ids.length - at);
            System.arraycopy(ids, at, block, filled, taken);
            filled += taken;
            at += taken;
            if (filled == length) {
                sink.block(block.clone(), source, row);
                filled = 0;
            }
        }
    }

    /** Ends a source: no block holds text of two. What remains is a shorter block, unless it is dropped or one token. */
    void end(boolean dropRemainder) {
        if (!dropRemainder && filled > 1) {
            sink.block(Arrays.copyOf(block, filled), source, row);
        }
        filled = 0;
    }
}
