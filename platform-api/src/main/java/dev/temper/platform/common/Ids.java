package dev.temper.platform.common;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Identifiers that sort by the time they were made (UUID version 7, RFC 9562), so that rows made together lie together
 * in an index and a page can go by id.
 */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Milliseconds in the upper 48 bits and a counter in the lower 12: the last one given out. */
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    /** An id greater than every other this process has made, even when the machine's clock steps back. */
    public static UUID next() {
        long now = System.currentTimeMillis() << 12;
        long stamp = LAST.updateAndGet(last -> Math.max(last + 1, now));
        return compose(stamp >>> 12, stamp & 0xfff);
    }

    /** An id of that moment; two of the same millisecond have no order. */
    public static UUID at(Instant moment) {
        return compose(moment.toEpochMilli(), RANDOM.nextInt(0x1000));
    }

    /** When an id was made, to the millisecond. */
    public static Instant madeAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    private static UUID compose(long millis, long counter) {
        long high = (millis << 16) | 0x7000 | counter;
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
