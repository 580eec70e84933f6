package dev.temper.platform.job;

import java.time.Duration;

/** When a failed run is tried again. Pure. */
final class RetryPolicy {
    static final int DEFAULT_RETRIES = 3;
    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 10;

    private RetryPolicy() {}

    static boolean again(FailureClass kind, int retries, int maxRetries) {
        return kind == FailureClass.INTERNAL && retries < maxRetries;
    }

    /** Doubles with each retry, so that what is broken is not hammered. */
    static Duration wait(int retry) {
        Duration wait = FIRST.multipliedBy(1L << Math.clamp(retry - 1L, 0, DOUBLINGS));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
