package dev.temper.web.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long a new key lives.
 *
 * @param days 0 for ever
 * @param date the day it ends, in the reader's zone; empty for ever
 */
record Lifetime(int days, String date) {
    static final int USUAL_DAYS = 90;
    private static final int LONGEST_DAYS = 3650;

    static List<Lifetime> choices(Clock clock, ZoneId zone) {
        return Stream.of(30, USUAL_DAYS, 365, 0)
                .map(days -> new Lifetime(
                        days,
                        days == 0
                                ? ""
                                : LocalDate.now(clock.withZone(zone))
                                        .plusDays(days)
                                        .toString()))
                .toList();
    }

    static @Nullable Instant end(int days, Clock clock) {
        return days <= 0 ? null : clock.instant().plus(Duration.ofDays(Math.min(days, LONGEST_DAYS)));
    }
}
