package dev.temper.trainer.data;

/** Orders drawn by a seed alone, the same on every machine and in every version. */
final class Shuffle {
    private long state;

    Shuffle(long seed, String purpose, long number) {
        long hash = seed;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash + purpose.charAt(i));
        }
        state = mix(hash + number);
    }

    /** SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    /** From 0 to below 1. */
    double share() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** From 0 to below the bound; the bias of the high product is below 2⁻³². */
    int below(int bound) {
        return (int) Math.multiplyHigh(next() >>> 1, 2L * bound);
    }

    /** The entries in another order (Fisher and Yates). */
    int[] of(int[] entries) {
        int[] shuffled = entries.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = below(i + 1);
            int entry = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = entry;
        }
        return shuffled;
    }
}
