package dev.temper.platform.scheduling;

import dev.temper.platform.job.JobState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as the platform's admins see it: whose tenant's, how it stands, and what holds it; nothing of what it is about.
 *
 * @param tenant its tenant's name
 * @param number its number in that tenant
 * @param position in its pool's queue; null where it does not wait, or was submitted since the last plan
 * @param code which rule holds it: the codes of {@link Waiting}
 */
public record FleetJob(
        UUID id,
        UUID tenantId,
        String tenant,
        long number,
        JobState state,
        Instant stateSince,
        Instant queuedSince,
        String pool,
        int devices,
        int priority,
        int attempt,
        @Nullable Integer position,
        @Nullable String code,
        @Nullable Instant estimatedStart) {}
