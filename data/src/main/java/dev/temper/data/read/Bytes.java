package dev.temper.data.read;

import java.nio.charset.StandardCharsets;

/** Looks at the first bytes of files. */
final class Bytes {
    private Bytes() {}

    static boolean startsWith(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where the ASCII word first stands; -1 where it does not. */
    static int find(byte[] bytes, String word) {
        return find(bytes, word.getBytes(StandardCharsets.US_ASCII));
    }

    static int find(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            int matched = 0;
            while (matched < wanted.length && bytes[i + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return i;
            }
        }
        return -1;
    }
}
