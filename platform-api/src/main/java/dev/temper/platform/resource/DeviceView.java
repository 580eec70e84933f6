package dev.temper.platform.resource;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device.
 *
 * @param present whether it was in the node's last report
 * @param sickReason why it is given to nobody
 * @param jobId the job that holds it
 * @param utilisation 0 to 1, as last reported
 * @param temperature in °C
 */
public record DeviceView(
        UUID id,
        UUID nodeId,
        int slot,
        String hardwareId,
        DeviceKind kind,
        String model,
        long memoryBytes,
        String computeCapability,
        boolean bf16,
        boolean present,
        @Nullable String sickReason,
        @Nullable UUID jobId,
        @Nullable Double utilisation,
        @Nullable Long memoryUsedBytes,
        @Nullable Double temperature,
        @Nullable Instant telemetryAt) {}
