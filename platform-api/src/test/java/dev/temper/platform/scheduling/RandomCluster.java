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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Clusters of every kind from a seed: some quiet, some crowded, some half broken. */
final class RandomCluster {
    private final Random random;
    /** Apart, so that a seed's cluster stays what it was. */
    private final Random runs;

    private final Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final List<Pool> pools = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Quota> quotas = new ArrayList<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private final List<Usage> usage = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final List<Queued> queued = new ArrayList<>();
    private final List<UUID> tenants = new ArrayList<>();

    private RandomCluster(long seed) {
        random = new Random(seed);
        runs = new Random(~seed);
    }

    static ClusterSnapshot of(long seed) {
        var random = new Random(seed);
        return of(seed, 1 + random.nextInt(3), 1 + random.nextInt(12), 1 + random.nextInt(6), random.nextInt(60), 0.2);
    }

    static ClusterSnapshot of(long seed, int pools, int nodes, int tenants, int jobs, double trouble) {
        var cluster = new RandomCluster(seed);
        cluster.build(pools, nodes, tenants, trouble);
        for (int i = 0; i < jobs; i++) {
            cluster.queue(trouble);
        }
        return new ClusterSnapshot(
                cluster.now,
                cluster.pools,
                cluster.nodes,
                cluster.quotas,
                cluster.reservations,
                cluster.usage,
                cluster.running,
                cluster.queued,
                PlanningRules.DEFAULT);
    }

    private void build(int poolCount, int nodeCount, int tenantCount, double trouble) {
        for (int i = 0; i < poolCount; i++) {
            pools.add(new Pool(id(), random.nextInt(40)));
        }
        for (int i = 0; i < tenantCount; i++) {
            tenants.add(id());
        }
        for (int i = 0; i < nodeCount; i++) {
            addNode(pools.get(i % poolCount).id(), trouble);
        }
        for (UUID tenant : tenants) {
            for (Pool pool : pools) {
                if (chance(0.7)) {
                    quotas.add(quota(tenant, pool.id(), nodeCount * 8, trouble));
                }
                usage.add(new Usage(tenant, pool.id(), random.nextDouble() * 1e7));
                if (chance(trouble / 2)) {
                    Instant starts = now.plus(Duration.ofMinutes(random.nextInt(3000) - 600));
                    reservations.add(new Reservation(
                            tenant, pool.id(), 1 + random.nextInt(8), starts, starts.plus(Duration.ofHours(12))));
                }
            }
        }
    }

    private Quota quota(UUID tenant, UUID pool, int devices, double trouble) {
        int guaranteed = random.nextInt(1 + devices / (2 * tenants.size()));
        return new Quota(
                tenant,
                pool,
                guaranteed,
                guaranteed + random.nextInt(1 + devices / 2),
                chance(trouble) ? random.nextDouble() * 1e6 : null,
                null,
                chance(trouble) ? Duration.ofHours(1 + random.nextInt(48)) : null,
                chance(trouble) ? 1 + random.nextInt(8) : null,
                chance(trouble) ? Map.of(tenant, 1 + random.nextInt(8)) : Map.of());
    }

    private void addNode(UUID pool, double trouble) {
        var devices = new ArrayList<Device>();
        int size = random.nextInt(3) == 0 ? 1 + random.nextInt(8) : 8;
        for (int i = 0; i < size; i++) {
            var kind = chance(trouble / 4) ? DeviceKind.CPU : DeviceKind.NVIDIA;
            devices.add(new Device(id(), !chance(trouble / 4), kind));
        }
        var availability = chance(trouble / 2)
                ? (random.nextBoolean() ? NodeAvailability.CORDONED : NodeAvailability.DRAINING)
                : NodeAvailability.OPEN;
        Set<String> kinds = List.of(Set.<String>of(), Set.of("train"), Set.of("export", "train"))
                .get(runs.nextInt(3));
        nodes.add(new Node(id(), pool, availability, runs.nextInt(4) == 0 ? kinds : null, devices));
        var free = new ArrayDeque<>(devices);
        while (!free.isEmpty() && chance(0.8)) {
            Set<UUID> held = new HashSet<>();
            int wanted = 1 + random.nextInt(free.size());
            while (held.size() < wanted) {
                held.add(free.remove().id());
            }
            running.add(run(pool, held));
        }
    }

    private Running run(UUID pool, Set<UUID> held) {
        UUID tenant = tenants.get(random.nextInt(tenants.size()));
        Instant since = now.minus(Duration.ofMinutes(random.nextInt(2000)));
        return new Running(
                id(),
                tenant,
                random.nextBoolean() ? tenant : id(),
                pool,
                held,
                random.nextInt(5) * 20,
                since,
                since,
                Duration.ofMinutes(1 + random.nextInt(4000)),
                Duration.ofMinutes(random.nextInt(600)),
                random.nextBoolean() ? now.minus(Duration.ofMinutes(random.nextInt(100))) : null,
                random.nextInt(4) == 0 ? now.minus(Duration.ofMinutes(random.nextInt(120))) : null,
                random.nextInt(8) == 0);
    }

    private void queue(double trouble) {
        UUID tenant = tenants.get(random.nextInt(tenants.size()));
        queued.add(new Queued(
                id(),
                tenant,
                random.nextBoolean() ? tenant : id(),
                pools.get(random.nextInt(pools.size())).id(),
                runs.nextInt(4) == 0 ? "export" : "train",
                random.nextInt(3) == 0 ? 1 + random.nextInt(8) : 1 << random.nextInt(4),
                List.of(Optional.of(DeviceKind.NVIDIA), Optional.of(DeviceKind.CPU), Optional.<DeviceKind>empty())
                        .get(random.nextInt(3))
                        .orElse(null),
                random.nextInt(5) * 20,
                Duration.ofMinutes(1 + random.nextInt(3000)),
                now.minus(Duration.ofMinutes(random.nextInt(2400))),
                chance(trouble / 3) ? now.plus(Duration.ofMinutes(random.nextInt(30) - 10)) : null,
                chance(trouble / 3)
                        ? Set.of(nodes.get(random.nextInt(nodes.size())).id())
                        : Set.of(),
                chance(trouble / 2)));
    }

    private boolean chance(double of) {
        return random.nextDouble() < of;
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
