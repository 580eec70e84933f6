package dev.temper.data.division;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which part a key belongs to: by a hash of the key alone, so that rows added later move none that is there.
 *
 * @param validation the share of rows to validate on
 * @param test the share of rows to test on; the rest is for training
 */
record Shares(double validation, double test, String seed) {
    Part of(String key) {
        double at = unit(seed + '\u0000' + key);
        return at < validation ? Part.VALIDATION : at < validation + test ? Part.TEST : Part.TRAIN;
    }

    /** From 0 to just below 1, evenly. */
    private static double unit(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < 7; i++) {
                bits = (bits << 8) | (hash[i] & 0xFF);
            }
            return (bits >>> 3) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
