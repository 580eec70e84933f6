package dev.temper.platform.resource;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Devices for an attempt of a job.
 *
 * @param fence the attempt's number
 * @param poolId the pool that the job was sent to
 * @param kind what they must be; null: anything
 * @param devices all of them on one node
 * @param borrowed whether this is above what the tenant is guaranteed
 */
public record Hold(
        UUID tenantId,
        UUID jobId,
        UUID userId,
        UUID poolId,
        UUID nodeId,
        long fence,
        @Nullable DeviceKind kind,
        List<UUID> devices,
        boolean borrowed,
        Instant at) {
    public Hold {
        devices = List.copyOf(devices);
    }
}
