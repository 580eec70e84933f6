package dev.temper.trainer.box;

import java.nio.charset.StandardCharsets;

/** The letters byte-level vocabularies write bytes as: printable ones stand for themselves, the rest follow U+0100. */
final class ByteLetters {
    private static final char[] LETTERS = new char[256];

    static {
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            LETTERS[b] = (char) (printable ? b : next++);
        }
    }

    private ByteLetters() {}

    static char of(int unsignedByte) {
        return LETTERS[unsignedByte];
    }

    static String of(String text) {
        StringBuilder letters = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            letters.append(LETTERS[b & 0xFF]);
        }
        return letters.toString();
    }
}
