package dev.temper.platform.scheduling;

import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.scheduling.ClusterSnapshot.Node;
import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The devices of one kind of an open node while a plan is made: which are free, who is on them, whom they are kept for. */
final class Spot {
    final UUID node;
    final DeviceKind kind;
    private final Node on;
    final ArrayDeque<UUID> free = new ArrayDeque<>();
    private final List<Part> parts = new ArrayList<>();
    private int size;
    private @Nullable Instant keptFrom;
    /** What stays over once the job it is kept for has begun. */
    private int spare;

    Spot(Node on, DeviceKind kind) {
        this.node = on.id();
        this.kind = kind;
        this.on = on;
    }

    /** Whether the job would run here at all. */
    boolean suits(Queued job) {
        return serves(job) && !job.avoidedNodes().contains(node);
    }

    /** The same for a job that avoids no node. */
    boolean serves(Queued job) {
        return (job.kind() == null || job.kind() == kind) && on.canRun(job.run());
    }

    /** Some of a run's devices, on this node. */
    record Part(Tenure run, int devices) {}

    void offer(UUID device) {
        free.add(device);
        size++;
    }

    /** Adds a device that the run holds; those of one run are one part. */
    void occupied(Tenure run) {
        parts.replaceAll(part -> part.run == run ? new Part(run, part.devices + 1) : part);
        if (parts.stream().noneMatch(part -> part.run == run)) {
            parts.add(new Part(run, 1));
        }
        size++;
    }

    /** Healthy devices, free or not. */
    int size() {
        return size;
    }

    List<Part> parts() {
        return parts;
    }

    boolean isKept() {
        return keptFrom != null;
    }

    /** From when on it is kept for somebody; null: it is not. */
    @Nullable
    Instant keptFrom() {
        return keptFrom;
    }

    /** How many devices a job that ends then may take without delaying the one that this node is kept for. */
    int room(Instant ends) {
        return keptFrom == null || !ends.isAfter(keptFrom) ? free.size() : Math.min(free.size(), spare);
    }

    /** Takes devices for a run that starts in this plan. */
    List<UUID> take(Tenure run, int devices) {
        if (keptFrom != null && run.ends.isAfter(keptFrom)) {
            spare -= devices;
        }
        parts.add(new Part(run, devices));
        var taken = new ArrayList<UUID>(devices);
        for (int i = 0; i < devices; i++) {
            taken.add(free.remove());
        }
        return taken;
    }

    /** Keeps so many devices from that moment on. */
    void keep(int devices, Instant from) {
        keptFrom = from;
        spare = freeAt(from) - devices;
    }

    int freeAt(Instant moment) {
        int count = free.size();
        for (Part part : parts) {
            if (!part.run.ends.isAfter(moment)) {
                count += part.devices;
            }
        }
        return count;
    }

    /** When so many devices will be free here; null: never. */
    @Nullable
    Instant whenFree(int devices, Instant now) {
        int count = free.size();
        if (count >= devices) {
            return now;
        }
        parts.sort(Comparator.comparing(part -> part.run.ends));
        for (Part part : parts) {
            count += part.devices;
            if (count >= devices) {
                return part.run.ends;
            }
        }
        return null;
    }
}
