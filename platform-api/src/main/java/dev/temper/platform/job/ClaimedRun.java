package dev.temper.platform.job;

import dev.temper.platform.resource.DeviceView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run in the hands of its worker.
 *
 * @param fence shown with whatever is said about the run; greater than that of each attempt before
 * @param spec what is to be run, as JSON
 * @param checkpoint where it goes on; null where it begins
 */
public record ClaimedRun(
        UUID tenantId,
        UUID jobId,
        long number,
        String name,
        String kind,
        String spec,
        int attempt,
        long fence,
        Instant leaseUntil,
        List<DeviceView> devices,
        @Nullable Checkpoint checkpoint) {
    public ClaimedRun {
        devices = List.copyOf(devices);
    }
}
