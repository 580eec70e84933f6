package dev.temper.platform.scheduling;

import dev.temper.platform.resource.DeviceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that planning knows: what there is, who may have how much of it, who holds it, and who waits. */
public record ClusterSnapshot(
        Instant now,
        List<Pool> pools,
        List<Node> nodes,
        List<Quota> quotas,
        List<Reservation> reservations,
        List<Usage> usage,
        List<Running> running,
        List<Queued> queued,
        PlanningRules rules) {

    public ClusterSnapshot {
        Set<UUID> known = pools.stream().map(Pool::id).collect(Collectors.toSet());
        queued.stream()
                .map(Queued::pool)
                .filter(pool -> !known.contains(pool))
                .findAny()
                .ifPresent(pool -> {
                    throw new IllegalArgumentException("jobs wait for the pool " + pool + ", which the snapshot lacks");
                });
    }

    /** @param defaultCeiling how many devices a tenant without a quota may hold */
    public record Pool(UUID id, int defaultCeiling) {}

    /** @param runs the kinds of runs its worker can do; null: it has not said, and is given any */
    public record Node(
            UUID id,
            UUID pool,
            NodeAvailability availability,
            @Nullable Set<String> runs,
            List<Device> devices) {
        public Node(UUID id, UUID pool, NodeAvailability availability, List<Device> devices) {
            this(id, pool, availability, null, devices);
        }

        boolean canRun(String kind) {
            return runs == null || runs.contains(kind);
        }
    }

    public enum NodeAvailability {
        OPEN,
        /** Takes nothing new. */
        CORDONED,
        /** Takes nothing new, and what runs there goes elsewhere. */
        DRAINING
    }

    public record Device(UUID id, boolean healthy, DeviceKind kind) {}

    /**
     * A tenant's part of a pool.
     *
     * @param guaranteed devices that it gets even if others must make room
     * @param ceiling devices that it never exceeds
     * @param budgetSeconds device-seconds left of this month; null: no budget
     * @param budgetRenews when there is a new budget
     * @param maxRun how long a run may take; null: as long as it likes
     * @param maxJobs how many may run at once; null: as many as fit
     * @param userCeilings what single persons of the tenant may hold at most
     */
    public record Quota(
            UUID tenant,
            UUID pool,
            int guaranteed,
            int ceiling,
            @Nullable Double budgetSeconds,
            @Nullable Instant budgetRenews,
            @Nullable Duration maxRun,
            @Nullable Integer maxJobs,
            Map<UUID, Integer> userCeilings) {}

    /** Devices of a pool kept for one tenant in a window of time. */
    public record Reservation(UUID tenant, UUID pool, int devices, Instant starts, Instant ends) {
        boolean isActive(Instant now) {
            return !starts.isAfter(now) && ends.isAfter(now);
        }
    }

    /** @param deviceSeconds what the tenant used of the pool, decayed to the snapshot's moment */
    public record Usage(UUID tenant, UUID pool, double deviceSeconds) {}

    /**
     * Who holds devices.
     *
     * @param estimate how long it will hold them, counted from {@code since}
     * @param workedBefore what its earlier attempts took
     * @param savedAt its last checkpoint in this attempt; null: none yet
     * @param leaving it was told to give its devices back
     */
    public record Running(
            UUID job,
            UUID tenant,
            UUID user,
            UUID pool,
            Set<UUID> devices,
            int priority,
            Instant queuedSince,
            Instant since,
            Duration estimate,
            Duration workedBefore,
            @Nullable Instant savedAt,
            @Nullable Instant lastPreempted,
            boolean leaving) {}

    /**
     * Who waits.
     *
     * @param run which kind of run it is
     * @param kind what its devices must be; null: whatever there is
     * @param estimate how long it will hold its devices
     * @param notBefore it rests until then after a failure
     * @param avoidedNodes where it was lost before; it goes there again only if it fits nowhere else
     * @param acrossNodes it can run on devices of several nodes
     */
    public record Queued(
            UUID job,
            UUID tenant,
            UUID user,
            UUID pool,
            String run,
            int devices,
            @Nullable DeviceKind kind,
            int priority,
            Duration estimate,
            Instant queuedSince,
            @Nullable Instant notBefore,
            Set<UUID> avoidedNodes,
            boolean acrossNodes) {
        /** A training. */
        public Queued(
                UUID job,
                UUID tenant,
                UUID user,
                UUID pool,
                int devices,
                @Nullable DeviceKind kind,
                int priority,
                Duration estimate,
                Instant queuedSince,
                @Nullable Instant notBefore,
                Set<UUID> avoidedNodes,
                boolean acrossNodes) {
            this(
                    job,
                    tenant,
                    user,
                    pool,
                    "train",
                    devices,
                    kind,
                    priority,
                    estimate,
                    queuedSince,
                    notBefore,
                    avoidedNodes,
                    acrossNodes);
        }

        /** The same job, with no node avoided. */
        Queued anywhere() {
            return new Queued(
                    job,
                    tenant,
                    user,
                    pool,
                    run,
                    devices,
                    kind,
                    priority,
                    estimate,
                    queuedSince,
                    notBefore,
                    Set.of(),
                    acrossNodes);
        }
    }
}
