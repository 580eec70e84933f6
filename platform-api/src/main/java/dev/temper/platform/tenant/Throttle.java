package dev.temper.platform.tenant;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many failures are forgiven and what follows. An account gets five within a quarter of an hour, then waits a
 * minute, and twice as long after each further one, up to an hour; an address, behind which many people may sit, gets
 * thirty.
 *
 * @param free failures without consequence
 */
record Throttle(int free, Duration window, Duration firstWait, Duration longestWait) {
    static final Throttle ACCOUNT = new Throttle(5, Duration.ofMinutes(15), Duration.ofMinutes(1), Duration.ofHours(1));
    static final Throttle ADDRESS =
            new Throttle(30, Duration.ofMinutes(15), Duration.ofMinutes(1), Duration.ofHours(1));

    /** What is remembered of one account or address. */
    record Failures(int count, Instant firstAt, @Nullable Instant blockedUntil) {}

    /** What is remembered after one more failure. */
    Failures afterFailure(@Nullable Failures before, Instant now) {
        if (before == null || forgotten(before, now)) {
            return new Failures(1, now, null);
        }
        int count = before.count() + 1;
        int beyond = count - free;
        if (beyond < 0) {
            return new Failures(count, before.firstAt(), null);
        }
        Duration wait = beyond >= 16 ? longestWait : firstWait.multipliedBy(1L << beyond);
        return new Failures(count, before.firstAt(), now.plus(wait.compareTo(longestWait) > 0 ? longestWait : wait));
    }

    /** Failures are forgotten a window after the first, or after the wait they led to has passed as long again. */
    private boolean forgotten(Failures failures, Instant now) {
        Instant last = failures.blockedUntil() == null ? failures.firstAt() : failures.blockedUntil();
        return !now.isBefore(last.plus(window));
    }
}
