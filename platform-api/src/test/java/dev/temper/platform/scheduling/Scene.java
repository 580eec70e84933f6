package dev.temper.platform.scheduling;

import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.scheduling.ClusterSnapshot.Device;
import dev.temper.platform.scheduling.ClusterSnapshot.Node;
import dev.temper.platform.scheduling.ClusterSnapshot.NodeAvailability;
import dev.temper.platform.scheduling.ClusterSnapshot.Pool;
import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import dev.temper.platform.scheduling.ClusterSnapshot.Quota;
import dev.temper.platform.scheduling.ClusterSnapshot.Reservation;
import dev.temper.platform.scheduling.ClusterSnapshot.Running;
import dev.temper.platform.scheduling.ClusterSnapshot.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A small cluster that a test sets up in a few lines; everything is known by a name. */
final class Scene {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final UUID POOL = id("pool");

    private final List<Node> nodes = new ArrayList<>();
    private final List<Quota> quotas = new ArrayList<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private final List<Usage> usage = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final List<Queued> queued = new ArrayList<>();

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    Scene node(String name, int devices) {
        return node(name, devices, NodeAvailability.OPEN);
    }

    Scene node(String name, int devices, NodeAvailability availability) {
        var there = new ArrayList<Device>();
        for (int i = 0; i < devices; i++) {
            there.add(new Device(id(name + "/" + i), true, DeviceKind.NVIDIA));
        }
        nodes.add(new Node(id(name), POOL, availability, there));
        return this;
    }

    Scene node(Node node) {
        nodes.add(node);
        return this;
    }

    Scene sick(String node, int slot) {
        nodes.replaceAll(had -> had.id().equals(id(node))
                ? new Node(
                        had.id(),
                        POOL,
                        had.availability(),
                        had.runs(),
                        had.devices().stream()
                                .map(device -> device.id().equals(id(node + "/" + slot))
                                        ? new Device(device.id(), false, device.kind())
                                        : device)
                                .toList())
                : had);
        return this;
    }

    Scene quota(String tenant, int guaranteed, int ceiling) {
        return quota(new Quota(id(tenant), POOL, guaranteed, ceiling, null, null, null, null, Map.of()));
    }

    Scene quota(Quota quota) {
        quotas.add(quota);
        return this;
    }

    Scene used(String tenant, double deviceSeconds) {
        usage.add(new Usage(id(tenant), POOL, deviceSeconds));
        return this;
    }

    Scene reserved(String tenant, int devices, Duration in, Duration length) {
        reservations.add(new Reservation(
                id(tenant), POOL, devices, NOW.plus(in), NOW.plus(in).plus(length)));
        return this;
    }

    /** A run on the first devices of a node from {@code first} on; it has run for an hour. */
    Scene runs(String tenant, String job, String node, int first, int devices, int priority, Duration left) {
        return runs(tenant, job, node, first, devices, priority, left, run -> run);
    }

    Scene runs(
            String tenant,
            String job,
            String node,
            int first,
            int devices,
            int priority,
            Duration left,
            UnaryOperator<Running> change) {
        Set<UUID> held = new HashSet<>();
        for (int i = first; i < first + devices; i++) {
            held.add(id(node + "/" + i));
        }
        Instant since = NOW.minus(Duration.ofHours(1));
        running.add(change.apply(new Running(
                id(job),
                id(tenant),
                id(tenant + "'s person"),
                POOL,
                held,
                priority,
                since,
                since,
                Duration.ofHours(1).plus(left),
                Duration.ZERO,
                null,
                null,
                false)));
        return this;
    }

    Scene waits(String tenant, String job, int devices, int priority, Duration estimate, Duration waited) {
        return waits(tenant, job, devices, priority, estimate, waited, queued -> queued);
    }

    Scene waits(
            String tenant,
            String job,
            int devices,
            int priority,
            Duration estimate,
            Duration waited,
            UnaryOperator<Queued> change) {
        queued.add(change.apply(new Queued(
                id(job),
                id(tenant),
                id(tenant + "'s person"),
                POOL,
                devices,
                null,
                priority,
                estimate,
                NOW.minus(waited),
                null,
                Set.of(),
                false)));
        return this;
    }

    ClusterSnapshot snapshot() {
        return new ClusterSnapshot(
                NOW,
                List.of(new Pool(POOL, 1000)),
                nodes,
                quotas,
                reservations,
                usage,
                running,
                queued,
                PlanningRules.DEFAULT);
    }

    Plan plan() {
        return new Plan(Planner.plan(snapshot()));
    }

    /** A plan, asked by names. */
    record Plan(List<Decision> decisions) {
        List<UUID> started() {
            return decisions.stream()
                    .filter(Decision.Start.class::isInstance)
                    .map(Decision::job)
                    .toList();
        }

        List<UUID> preempted() {
            return decisions.stream()
                    .filter(Decision.Preempt.class::isInstance)
                    .map(Decision::job)
                    .toList();
        }

        Decision of(String job) {
            return decisions.stream()
                    .filter(decision -> decision.job().equals(id(job)))
                    .findFirst()
                    .orElseThrow();
        }

        Decision.Wait wait(String job) {
            return (Decision.Wait) of(job);
        }
    }
}
