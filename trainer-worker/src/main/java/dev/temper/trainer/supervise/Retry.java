package dev.temper.trainer.supervise;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: longer each time, and never the same for all workers. */
final class Retry {
    private static final long FIRST = 100;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final long longest;
    private long millis = FIRST;

    Retry() {
        this(LONGEST);
    }

    Retry(Duration longest) {
        this.longest = longest.toMillis();
    }

    Duration next() {
        long wait = millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        millis = Math.max(FIRST, Math.min(longest, millis * 2));
        return Duration.ofMillis(wait);
    }

    void reset() {
        millis = FIRST;
    }
}
