package dev.temper.trainer.model;

import java.nio.charset.StandardCharsets;

/** Seeds for single purposes out of the seed of a run: the same purpose, the same seed, in whatever order they come. */
public final class RunSeed {
    private RunSeed() {}

    /** A seed for a purpose named by text; never negative. */
    public static long of(long seed, String purpose) {
        long mixed = seed;
        for (byte part : purpose.getBytes(StandardCharsets.UTF_8)) {
            mixed = mix(mixed, part);
        }
        return mixed >>> 2;
    }

    /** A seed for a purpose named by numbers; never negative. */
    static long of(long seed, long... purpose) {
        long mixed = seed;
        for (long part : purpose) {
            mixed = mix(mixed, part);
        }
        return mixed >>> 2;
    }

    /** One step of SplitMix64 (Steele et al., 2014). */
    private static long mix(long state, long part) {
        long z = state + 0x9E3779B97F4A7C15L * (part + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
