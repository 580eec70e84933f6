package dev.temper.platform.resource;

import dev.temper.platform.common.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Devices to be kept for a tenant.
 *
 * @param pool the pool's name
 * @param note what for; the tenant reads it
 */
public record ReservationRequest(
        UUID tenantId, String pool, int devices, Instant startsAt, Instant endsAt, String note) {
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(366);

    public ReservationRequest {
        Limits.range("/devices", devices, 1, Limits.DEVICES);
        Limits.text("/note", note, 500);
        if (startsAt.isBefore(Instant.EPOCH)
                || endsAt.isAfter(LAST)
                || !startsAt.isBefore(endsAt)
                || Duration.between(startsAt, endsAt).compareTo(LONGEST) > 0) {
            throw ErrorCode.RESERVATION_WINDOW_WRONG.at("/endsAt");
        }
    }
}
