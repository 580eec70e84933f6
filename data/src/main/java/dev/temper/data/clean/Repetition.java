package dev.temper.data.clean;

import java.util.Arrays;

/**
 * How much of a text has stood in it before: of all windows of {@code window} units (words; characters where words are
 * not separated) the share that occurred earlier. Texts of fewer than {@code least} units have none.
 */
record Repetition(int window, int least) {
    private static final int BASE = 0x01000193;

    double share(String text) {
        int[] units = units(text);
        int windows = units.length - window + 1;
        if (units.length < least || windows < 2) {
            return 0;
        }
        // Rolling hashes of all windows; equal ones lie side by side once sorted.
        long[] hashes = new long[windows];
        long hash = 0;
        long highest = 1;
        for (int i = 0; i < window; i++) {
            hash = hash * BASE + units[i];
            highest = i == 0 ? 1 : highest * BASE;
        }
        hashes[0] = hash;
        for (int i = 1; i < windows; i++) {
            hash = (hash - units[i - 1] * highest) * BASE + units[i + window - 1];
            hashes[i] = hash;
        }
        Arrays.sort(hashes);
        int repeated = 0;
        for (int i = 1; i < windows; i++) {
            repeated += hashes[i] == hashes[i - 1] ? 1 : 0;
        }
        return repeated / (double) windows;
    }

    /** The hash of each word; of each character in scripts that do not separate words. White space is left out. */
    private static int[] units(String text) {
        int[] units = new int[16 + text.length()];
        int count = 0;
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inWord = Character.isLetterOrDigit(c) && !Scripts.standsAlone(c);
            if (inWord) {
                word = word * 31 + Character.toLowerCase(c) + 1;
                continue;
            }
            if (word != 0) {
                units[count++] = word;
                word = 0;
            }
            if (!Character.isWhitespace(c)) {
                units[count++] = c;
            }
        }
        if (word != 0) {
            units[count++] = word;
        }
        return Arrays.copyOf(units, count);
    }
}
