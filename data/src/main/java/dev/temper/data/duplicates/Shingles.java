package dev.temper.data.duplicates;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What of a text is compared: all runs of five characters, whatever the language, of the text in lower case, its
 * compatibility forms unified (NFKC) and its white space made single blanks.
 */
final class Shingles {
    private static final int LENGTH = 5;
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long HIGHEST = power(LENGTH - 1);

    private Shingles() {}

    /** One hash for each run; of the whole text where it is shorter than one; none where it is empty. */
    static int[] hashes(String text) {
        String plain = normalised(text);
        int count = plain.length() - LENGTH + 1;
        if (count < 1) {
            return plain.isEmpty() ? new int[0] : new int[] {mixed(plain.hashCode())};
        }
        int[] hashes = new int[count];
        long hash = 0;
        for (int i = 0; i < plain.length(); i++) {
            if (i >= LENGTH) {
                hash -= plain.charAt(i - LENGTH) * HIGHEST;
            }
            hash = hash * BASE + plain.charAt(i);
            if (i >= LENGTH - 1) {
                hashes[i - LENGTH + 1] = mixed(hash);
            }
        }
        return hashes;
    }

    static String normalised(String text) {
        String unified = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        String lower = unified.toLowerCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (!Character.isWhitespace(c)) {
                plain.append(c);
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        int length = plain.length();
        return plain.substring(0, length > 0 && plain.charAt(length - 1) == ' ' ? length - 1 : length);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Every bit of the hash in every bit of the result (the finaliser of MurmurHash3). */
    static int mixed(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return (int) (mixed >>> 32);
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= BASE;
        }
        return power;
    }
}
