package dev.temper.model.weights;

import java.lang.foreign.MemorySegment;

/** Floats to llama.cpp's blocks of 32, equal byte for byte to its reference quantisers. */
final class Quantiser {
    private static final int BLOCK = 32;

    private Quantiser() {}

    /** Writes {@code count} numbers, whole blocks, at {@code offset} of {@code target}. */
    static void encode(ElementType type, float[] numbers, int start, int count, MemorySegment target, long offset) {
        for (int from = start; from < start + count; from += BLOCK) {
            long at = offset + type.bytes(from - start);
            switch (type) {
                case Q8_0 -> q80(numbers, from, target, at);
                case Q4_0 -> aroundZero(numbers, from, target, at, 8);
                case Q5_0 -> aroundZero(numbers, from, target, at, 16);
                case Q4_1 -> fromMinimum(numbers, from, target, at, 15);
                case Q5_1 -> fromMinimum(numbers, from, target, at, 31);
                default -> throw new IllegalArgumentException(type + " cannot be written");
            }
        }
    }

    private static void q80(float[] x, int from, MemorySegment target, long at) {
        float largest = 0;
        for (int i = 0; i < BLOCK; i++) {
            largest = Math.max(largest, Math.abs(x[from + i]));
        }
        float d = largest / 127;
        float inverse = d == 0 ? 0 : 1 / d;
        target.set(Blocks.SHORT, at, Float.floatToFloat16(d));
        for (int i = 0; i < BLOCK; i++) {
            target.set(Blocks.BYTE, at + 2 + i, (byte) roundHalfAway(x[from + i] * inverse));
        }
    }

    private static float roundHalfAway(float number) {
        float size = Math.abs(number);
        float whole = (float) Math.floor(size);
        return Math.copySign(whole + (float) Math.floor(2 * (size - whole)), number);
    }

    /** The number of the largest size becomes the lowest level, so the scale carries its sign. */
    private static void aroundZero(float[] x, int from, MemorySegment target, long at, int levels) {
        float extreme = 0;
        for (int i = 0; i < BLOCK; i++) {
            if (Math.abs(x[from + i]) > Math.abs(extreme)) {
                extreme = x[from + i];
            }
        }
        float d = extreme / -levels;
        float inverse = d == 0 ? 0 : 1 / d;
        target.set(Blocks.SHORT, at, Float.floatToFloat16(d));
        int[] quants = new int[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            // In double, as the reference's fused multiply-add rounds once only.
            double scaled = (double) x[from + i] * inverse + levels + 0.5;
            quants[i] = Math.clamp((int) scaled, 0, 2 * levels - 1);
        }
        pack(quants, target, at + 2, levels > 8);
    }

    private static void fromMinimum(float[] x, int from, MemorySegment target, long at, int highest) {
        float least = x[from];
        float most = x[from];
        for (int i = 1; i < BLOCK; i++) {
            least = Math.min(least, x[from + i]);
            most = Math.max(most, x[from + i]);
        }
        float d = (most - least) / highest;
        float inverse = d == 0 ? 0 : 1 / d;
        target.set(Blocks.SHORT, at, Float.floatToFloat16(d));
        target.set(Blocks.SHORT, at + 2, Float.floatToFloat16(least));
        int[] quants = new int[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            quants[i] = Math.clamp((int) ((x[from + i] - least) * inverse + 0.5f), 0, highest);
        }
        pack(quants, target, at + 4, highest > 15);
    }

    /** Four bits each, number j beside number j+16; fifth bits together in an int before them. */
    private static void pack(int[] quants, MemorySegment target, long at, boolean fiveBits) {
        long nibbles = at;
        if (fiveBits) {
            int high = 0;
            for (int i = 0; i < BLOCK; i++) {
                high |= (quants[i] >> 4) << i;
            }
            target.set(Blocks.INT, at, high);
            nibbles += 4;
        }
        for (int j = 0; j < BLOCK / 2; j++) {
            target.set(Blocks.BYTE, nibbles + j, (byte) ((quants[j] & 0xf) | ((quants[j + 16] & 0xf) << 4)));
        }
    }
}
