package dev.temper.data.duplicates;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;

/**
 * MinHash (Broder 1997): of two texts, the share of equal minima estimates the Jaccard similarity of their shingles.
 * Bands of minima are what candidates are found by; one byte of each minimum is what is stored and compared.
 *
 * @param minima one for each of the {@value #HASHES} hash functions
 */
@SuppressWarnings("ArrayRecordComponent") // made, used and dropped inside this package
record Signature(int[] minima) {
    static final int HASHES = 128;
    /**
     * Bands of eight: texts of similarity 0.87 share one with probability 0.998, of 0.8 with 0.95, of 0.5 with 0.06, of
     * 0.4 with 0.01.
     */
    private static final int BAND = 8;

    static final int BANDS = HASHES / BAND;
    private static final int[] FLIPS = new int[HASHES];
    private static final int[] FACTORS = new int[HASHES];

    static {
        // Fixed: the index on disk outlives the program.
        Random random = new Random(20_250_101);
        for (int i = 0; i < HASHES; i++) {
            FLIPS[i] = random.nextInt();
            FACTORS[i] = random.nextInt() | 1;
        }
    }

    static Signature of(String text) {
        int[] minima = new int[HASHES];
        Arrays.fill(minima, Integer.MAX_VALUE);
        for (int shingle : Shingles.hashes(text)) {
            lower(minima, shingle);
        }
        return new Signature(minima);
    }

    /** In a method of its own the compiler makes vector instructions of the loop. */
    private static void lower(int[] minima, int shingle) {
        for (int i = 0; i < HASHES; i++) {
            minima[i] = Math.min(minima[i], (shingle ^ FLIPS[i]) * FACTORS[i]);
        }
    }

    /** What rows likely to be similar have in common. */
    int band(int band) {
        long hash = band;
        for (int i = band * BAND; i < (band + 1) * BAND; i++) {
            hash = hash * 0x100000001B3L + minima[i];
        }
        return Shingles.mixed(hash);
    }

    void write(MemorySegment record) {
        for (int i = 0; i < HASHES; i++) {
            record.set(ValueLayout.JAVA_BYTE, i, stored(minima[i]));
        }
    }

    /** The estimated similarity to a stored one; bytes are equal by chance once in 256 times. */
    double similarity(MemorySegment record) {
        int equal = 0;
        for (int i = 0; i < HASHES; i++) {
            equal += record.get(ValueLayout.JAVA_BYTE, i) == stored(minima[i]) ? 1 : 0;
        }
        double chance = 1.0 / 256;
        return Math.max(0, (equal / (double) HASHES - chance) / (1 - chance));
    }

    private static byte stored(int minimum) {
        return (byte) Shingles.mixed(minimum);
    }
}
