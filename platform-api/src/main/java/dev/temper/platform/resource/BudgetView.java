package dev.temper.platform.resource;

import java.time.Instant;
import java.util.UUID;

/**
 * What a tenant may use of a pool in a calendar month (UTC), and what it has used.
 *
 * @param hours of devices that it may use
 * @param usedSeconds of devices that it used, up to now
 * @param renewsAt when the next month begins
 */
public record BudgetView(UUID tenantId, UUID poolId, String pool, long hours, long usedSeconds, Instant renewsAt) {
    /** Rounded down: 100 is reached and not nearly reached. */
    public long percent() {
        return hours == 0
                ? 100
                : Math.floorDiv(Math.multiplyExact(usedSeconds, 100L), Math.multiplyExact(hours, 3600L));
    }
}
