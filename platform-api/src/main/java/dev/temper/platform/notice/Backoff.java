package dev.temper.platform.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a message that did not get through is tried again: soon at first, then ever more rarely, for about a day. */
final class Backoff {
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(14));

    private Backoff() {}

    /** Empty when it has been tried often enough. */
    static Optional<Duration> after(int attempts) {
        return attempts > WAITS.size() ? Optional.empty() : Optional.of(WAITS.get(attempts - 1));
    }
}
