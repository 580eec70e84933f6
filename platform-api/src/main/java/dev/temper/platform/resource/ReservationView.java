package dev.temper.platform.resource;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Devices of a pool kept for one tenant in a window of time: what it has on top of its quota then.
 *
 * @param cancelledAt when somebody took it back
 */
public record ReservationView(
        UUID id,
        UUID tenantId,
        String pool,
        int devices,
        Instant startsAt,
        Instant endsAt,
        String note,
        Instant createdAt,
        @Nullable Instant cancelledAt,
        long version)
        implements Versioned {}
