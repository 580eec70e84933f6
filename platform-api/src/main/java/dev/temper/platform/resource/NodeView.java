package dev.temper.platform.resource;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node with its devices.
 *
 * @param pool null where no pool's selector fits
 * @param sickReason why the platform itself has taken it out, until somebody makes it ready again
 * @param runKinds the kinds of runs its worker can do; null where it has not said
 * @param online whether it was heard of lately
 */
public record NodeView(
        UUID id,
        String name,
        @Nullable String pool,
        List<String> labels,
        NodeState state,
        @Nullable String sickReason,
        boolean online,
        String workerVersion,
        @Nullable List<String> runKinds,
        Instant enrolledAt,
        Instant lastSeenAt,
        @Nullable Instant retiredAt,
        List<DeviceView> devices,
        long version)
        implements Versioned {
    public NodeView {
        labels = List.copyOf(labels);
        runKinds = runKinds == null ? null : List.copyOf(runKinds);
        devices = List.copyOf(devices);
    }
}
