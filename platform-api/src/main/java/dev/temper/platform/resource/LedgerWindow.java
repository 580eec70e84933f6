package dev.temper.platform.resource;

import dev.temper.platform.common.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A part of the ledger.
 *
 * @param from not before this moment
 * @param to before this moment
 */
public record LedgerWindow(Instant from, Instant to) {
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(366);

    public LedgerWindow {
        if (!from.isBefore(to)
                || from.isBefore(Instant.EPOCH)
                || to.isAfter(LAST)
                || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw ErrorCode.LEDGER_WINDOW_WRONG.problem();
        }
    }

    /** What is left out is the calendar month (UTC) so far. */
    public static LedgerWindow of(@Nullable Instant from, @Nullable Instant to, Instant now) {
        Instant month = now.atZone(ZoneOffset.UTC)
                .withDayOfMonth(1)
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
        return new LedgerWindow(from == null ? month : from, to == null ? now.plusSeconds(1) : to);
    }
}
