package dev.temper.model.weights;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** llama.cpp's blocks to floats; the order of operations is its own, so that results are equal bit for bit. */
final class Dequantiser {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Dequantiser() {}

    static void decode(ElementType type, byte[] raw, float[] numbers, int count) {
        int blocks = count / type.blockElements();
        for (int block = 0; block < blocks; block++) {
            int in = block * type.blockBytes();
            int out = block * type.blockElements();
            switch (type) {
                case Q4_0 -> q40(raw, in, numbers, out);
                case Q4_1 -> q41(raw, in, numbers, out);
                case Q5_0 -> q50(raw, in, numbers, out);
                case Q5_1 -> q51(raw, in, numbers, out);
                case Q8_0 -> q80(raw, in, numbers, out);
                case Q2_K -> q2k(raw, in, numbers, out);
                case Q3_K -> q3k(raw, in, numbers, out);
                case Q4_K -> q4k(raw, in, numbers, out);
                case Q5_K -> q5k(raw, in, numbers, out);
                case Q6_K -> q6k(raw, in, numbers, out);
                default -> throw new IllegalArgumentException(type + " is not quantised");
            }
        }
    }

    private static float half(byte[] raw, int at) {
        return Float.float16ToFloat((short) SHORTS.get(raw, at));
    }

    private static void q40(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in);
        for (int j = 0; j < 16; j++) {
            int q = raw[in + 2 + j];
            y[out + j] = d * ((q & 0xf) - 8);
            y[out + 16 + j] = d * (((q >> 4) & 0xf) - 8);
        }
    }

    private static void q41(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in);
        float m = half(raw, in + 2);
        for (int j = 0; j < 16; j++) {
            int q = raw[in + 4 + j];
            y[out + j] = d * (q & 0xf) + m;
            y[out + 16 + j] = d * ((q >> 4) & 0xf) + m;
        }
    }

    private static void q50(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in);
        int high = (int) INTS.get(raw, in + 2);
        for (int j = 0; j < 16; j++) {
            int q = raw[in + 6 + j];
            y[out + j] = d * (((q & 0xf) | (((high >>> j) & 1) << 4)) - 16);
            y[out + 16 + j] = d * ((((q >> 4) & 0xf) | (((high >>> (j + 16)) & 1) << 4)) - 16);
        }
    }

    private static void q51(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in);
        float m = half(raw, in + 2);
        int high = (int) INTS.get(raw, in + 4);
        for (int j = 0; j < 16; j++) {
            int q = raw[in + 8 + j];
            y[out + j] = d * ((q & 0xf) | (((high >>> j) & 1) << 4)) + m;
            y[out + 16 + j] = d * (((q >> 4) & 0xf) | (((high >>> (j + 16)) & 1) << 4)) + m;
        }
    }

    private static void q80(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in);
        for (int j = 0; j < 32; j++) {
            y[out + j] = d * raw[in + 2 + j];
        }
    }

    private static void q2k(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in + 80);
        float dmin = half(raw, in + 82);
        for (int group = 0; group < 16; group++) {
            int scale = raw[in + group];
            float dl = d * (scale & 0xf);
            float ml = dmin * ((scale >> 4) & 0xf);
            int from = in + 16 + group / 8 * 32 + group % 2 * 16;
            int shift = group % 8 / 2 * 2;
            for (int l = 0; l < 16; l++) {
                y[out + group * 16 + l] = dl * ((raw[from + l] >> shift) & 3) - ml;
            }
        }
    }

    private static void q3k(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in + 108);
        for (int group = 0; group < 16; group++) {
            int low = group < 8 ? raw[in + 96 + group] & 0xf : (raw[in + 96 + group - 8] >> 4) & 0xf;
            int high = (raw[in + 104 + group % 4] >> (group / 4 * 2)) & 3;
            float dl = d * ((low | (high << 4)) - 32);
            int half = group % 2 * 16;
            int from = in + 32 + group / 8 * 32 + half;
            int shift = group % 8 / 2 * 2;
            int mask = 1 << (group / 2);
            for (int l = 0; l < 16; l++) {
                int missing = (raw[in + half + l] & mask) != 0 ? 0 : 4;
                y[out + group * 16 + l] = dl * (((raw[from + l] >> shift) & 3) - missing);
            }
        }
    }

    /** The six-bit scale of a group of 32, packed with the minimums into twelve bytes. */
    private static int scale(byte[] raw, int at, int group) {
        return group < 4 ? raw[at + group] & 63 : (raw[at + group + 4] & 0xf) | (((raw[at + group - 4] >> 6) & 3) << 4);
    }

    private static int minimum(byte[] raw, int at, int group) {
        return group < 4
                ? raw[at + group + 4] & 63
                : ((raw[at + group + 4] >> 4) & 0xf) | (((raw[at + group] >> 6) & 3) << 4);
    }

    private static void q4k(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in);
        float dmin = half(raw, in + 2);
        for (int group = 0; group < 8; group++) {
            float dl = d * scale(raw, in + 4, group);
            float ml = dmin * minimum(raw, in + 4, group);
            int from = in + 16 + group / 2 * 32;
            int shift = group % 2 * 4;
            for (int l = 0; l < 32; l++) {
                y[out + group * 32 + l] = dl * ((raw[from + l] >> shift) & 0xf) - ml;
            }
        }
    }

    private static void q5k(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in);
        float dmin = half(raw, in + 2);
        for (int group = 0; group < 8; group++) {
            float dl = d * scale(raw, in + 4, group);
            float ml = dmin * minimum(raw, in + 4, group);
            int from = in + 48 + group / 2 * 32;
            int shift = group % 2 * 4;
            for (int l = 0; l < 32; l++) {
                int high = (raw[in + 16 + l] >> group) & 1;
                y[out + group * 32 + l] = dl * (((raw[from + l] >> shift) & 0xf) + (high << 4)) - ml;
            }
        }
    }

    private static void q6k(byte[] raw, int in, float[] y, int out) {
        float d = half(raw, in + 208);
        for (int group = 0; group < 16; group++) {
            float dl = d * raw[in + 192 + group];
            int quarter = group % 8 / 2;
            int half = group / 8;
            int low = in + half * 64 + quarter % 2 * 32 + group % 2 * 16;
            int high = in + 128 + half * 32 + group % 2 * 16;
            for (int l = 0; l < 16; l++) {
                int q = ((raw[low + l] >> (quarter / 2 * 4)) & 0xf) | (((raw[high + l] >> (quarter * 2)) & 3) << 4);
                y[out + group * 16 + l] = dl * (q - 32);
            }
        }
    }
}
