package dev.temper.data.duplicates;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first sixteen bytes of the SHA-256 of several texts; two different contents sharing them is out of reach. */
final class Digest {
    static final int BYTES = 16;
    private static final ValueLayout.OfLong HALF = ValueLayout.JAVA_LONG_UNALIGNED;

    private final MessageDigest digest;

    Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Digest add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0xFF); // no UTF-8 has it: "ab" and "c" are not "a" and "bc"
        return this;
    }

    /** Of all texts since the last one; more bytes than {@link #BYTES}, the rest is for {@link #tag}. */
    MemorySegment hash() {
        return MemorySegment.ofArray(digest.digest());
    }

    static boolean same(MemorySegment one, MemorySegment other) {
        return one.get(HALF, 0) == other.get(HALF, 0) && one.get(HALF, 8) == other.get(HALF, 8);
    }

    static int tag(MemorySegment hash) {
        return hash.get(ValueLayout.JAVA_INT_UNALIGNED, BYTES);
    }
}
