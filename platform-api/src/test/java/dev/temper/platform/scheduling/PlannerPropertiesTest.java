package dev.temper.platform.scheduling;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.scheduling.ClusterSnapshot.Device;
import dev.temper.platform.scheduling.ClusterSnapshot.Node;
import dev.temper.platform.scheduling.ClusterSnapshot.NodeAvailability;
import dev.temper.platform.scheduling.ClusterSnapshot.Pool;
import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import dev.temper.platform.scheduling.ClusterSnapshot.Quota;
import dev.temper.platform.scheduling.ClusterSnapshot.Running;
import dev.temper.platform.scheduling.Decision.Preempt;
import dev.temper.platform.scheduling.Decision.Start;
import dev.temper.platform.scheduling.Decision.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every plan, whatever the cluster. {@code -Dtemper.seeds=100000} tries that many. */
class PlannerPropertiesTest {
    private static final int BATCH = 250;

    static LongStream seeds() {
        return LongStream.range(0, Math.max(1, Integer.getInteger("temper.seeds", 2000) / BATCH));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPlanKeepsThePromises(long batch) {
        for (long seed = batch * BATCH; seed < (batch + 1) * BATCH; seed++) {
            var check = new Check(seed, RandomCluster.of(seed));
            check.everyWaitingJobHasOneAnswer();
            check.devicesAreGivenOnceAndWhole();
            check.noCeilingIsBroken();
            check.onlyBorrowersAreAskedAndNotTooOften();
            check.theHeadOfTheQueueIsNotDelayed();
            check.theOrderOfTheSnapshotDoesNotMatter();
        }
    }

    private static final class Check {
        private final String seed;
        private final ClusterSnapshot cluster;
        private final List<Decision> plan;
        private final Map<UUID, Queued> queued;
        private final Map<UUID, Running> running;
        private final Map<UUID, Node> nodeOf = new HashMap<>();
        private final Map<UUID, Device> devices = new HashMap<>();

        Check(long seed, ClusterSnapshot cluster) {
            this.seed = "seed " + seed;
            this.cluster = cluster;
            this.plan = Planner.plan(cluster);
            this.queued = cluster.queued().stream().collect(toMap(Queued::job, Function.identity()));
            this.running = cluster.running().stream().collect(toMap(Running::job, Function.identity()));
            for (Node node : cluster.nodes()) {
                for (Device device : node.devices()) {
                    nodeOf.put(device.id(), node);
                    devices.put(device.id(), device);
                }
            }
        }

        private <T extends Decision> List<T> all(Class<T> kind) {
            return plan.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        void everyWaitingJobHasOneAnswer() {
            var answered = new ArrayList<UUID>();
            all(Start.class).forEach(start -> answered.add(start.job()));
            all(Wait.class).forEach(wait -> answered.add(wait.job()));
            assertThat(answered).as(seed).containsExactlyInAnyOrderElementsOf(queued.keySet());
            for (Pool pool : cluster.pools()) {
                var positions = all(Wait.class).stream()
                        .filter(wait -> job(wait).pool().equals(pool.id()))
                        .map(Wait::position)
                        .toList();
                assertThat(positions)
                        .as(seed)
                        .isEqualTo(IntStream.rangeClosed(1, positions.size())
                                .boxed()
                                .toList());
            }
            for (Wait wait : all(Wait.class)) {
                Instant start = wait.estimatedStart();
                assertThat(start == null || !start.isBefore(cluster.now()))
                        .as(seed)
                        .isTrue();
            }
        }

        void devicesAreGivenOnceAndWhole() {
            var held = new HashSet<UUID>();
            cluster.running().forEach(run -> held.addAll(run.devices()));
            for (Start start : all(Start.class)) {
                Queued job = job(start);
                assertThat(start.devices()).as(seed).hasSize(job.devices());
                for (UUID device : start.devices()) {
                    assertThat(held.add(device)).as(seed + ": held twice").isTrue();
                    Node node = node(device);
                    assertThat(node.pool()).as(seed).isEqualTo(job.pool());
                    assertThat(node.availability()).as(seed).isEqualTo(NodeAvailability.OPEN);
                    assertThat(device(device).healthy()).as(seed).isTrue();
                    assertThat(node.canRun(job.run()))
                            .as(seed + ": a strange run")
                            .isTrue();
                    assertThat(job.kind() == null
                                    || job.kind() == device(device).kind())
                            .as(seed + ": of another kind")
                            .isTrue();
                    if (!job.acrossNodes()
                            && usableFor(job)
                                    .anyMatch(other -> !job.avoidedNodes().contains(other.id()))) {
                        assertThat(job.avoidedNodes()).as(seed).doesNotContain(node.id());
                    }
                }
                if (!job.acrossNodes()) {
                    assertThat(start.devices().stream().map(this::node).distinct())
                            .as(seed)
                            .hasSize(1);
                    assertThat(start.devices().stream()
                                    .map(id -> device(id).kind())
                                    .distinct())
                            .as(seed)
                            .hasSize(1);
                }
                assertThat(job.notBefore() == null || !job.notBefore().isAfter(cluster.now()))
                        .as(seed)
                        .isTrue();
            }
        }

        void noCeilingIsBroken() {
            for (Pool pool : cluster.pools()) {
                var starts = all(Start.class).stream()
                        .map(this::job)
                        .filter(job -> job.pool().equals(pool.id()))
                        .toList();
                Map<UUID, List<Queued>> byTenant = starts.stream().collect(groupingBy(Queued::tenant));
                byTenant.forEach((tenant, started) -> {
                    int reserved = cluster.reservations().stream()
                            .filter(it -> it.tenant().equals(tenant)
                                    && it.pool().equals(pool.id())
                                    && it.isActive(cluster.now()))
                            .mapToInt(ClusterSnapshot.Reservation::devices)
                            .sum();
                    var runs = cluster.running().stream()
                            .filter(run ->
                                    run.tenant().equals(tenant) && run.pool().equals(pool.id()))
                            .toList();
                    int held =
                            runs.stream().mapToInt(run -> run.devices().size()).sum()
                                    + started.stream().mapToInt(Queued::devices).sum();
                    Quota quota = quota(tenant, pool);
                    assertThat(held).as(seed).isLessThanOrEqualTo(quota.ceiling() + reserved);
                    if (quota.maxJobs() != null) {
                        assertThat(runs.size() + started.size()).as(seed).isLessThanOrEqualTo(quota.maxJobs());
                    }
                    Map<UUID, Integer> byUser =
                            started.stream().collect(groupingBy(Queued::user, summingInt(Queued::devices)));
                    byUser.forEach((user, theirs) -> assertThat(theirs)
                            .as(seed)
                            .isLessThanOrEqualTo(quota.userCeilings().getOrDefault(user, Integer.MAX_VALUE)));
                });
            }
        }

        void onlyBorrowersAreAskedAndNotTooOften() {
            var asked = new HashSet<UUID>();
            for (Preempt preempt : all(Preempt.class)) {
                Running run = Objects.requireNonNull(running.get(preempt.job()), seed);
                assertThat(asked.add(preempt.job())).as(seed + ": asked twice").isTrue();
                assertThat(run.leaving()).as(seed).isFalse();
                boolean chosen = switch (preempt.reason()) {
                    case GUARANTEE, CEILING -> true;
                    case DRAIN, SICK_DEVICE -> false;
                };
                if (chosen && run.lastPreempted() != null) {
                    assertThat(Duration.between(run.lastPreempted(), cluster.now()))
                            .as(seed)
                            .isGreaterThanOrEqualTo(Duration.ofHours(1));
                }
                if (preempt.reason() == Preempt.Reason.GUARANTEE) {
                    assertThat(demand(run.tenant(), run.pool()))
                            .as(seed + ": asked for devices it is guaranteed")
                            .isGreaterThan(quota(run.tenant(), pool(run.pool())).guaranteed());
                }
            }
        }

        /** Counted anew from the plan: when the head's turn comes, enough is free on some node, by everybody's estimate. */
        void theHeadOfTheQueueIsNotDelayed() {
            for (Pool pool : cluster.pools()) {
                var head = all(Wait.class).stream()
                        .filter(wait -> job(wait).pool().equals(pool.id()))
                        .filter(wait -> wait.why() instanceof Waiting.DevicesBusy
                                || wait.why() instanceof Waiting.RoomBeingMade
                                || wait.why() instanceof Waiting.KeptForJobAhead)
                        .findFirst();
                if (head.isEmpty()
                        || job(head.get()).acrossNodes()
                        || !(head.get().why() instanceof Waiting.DevicesBusy)
                        || head.get().estimatedStart() == null) {
                    continue;
                }
                Instant turn = head.get().estimatedStart();
                int most = cluster.nodes().stream()
                        .filter(node -> node.pool().equals(pool.id()) && node.availability() == NodeAvailability.OPEN)
                        .filter(node -> node.canRun(job(head.get()).run()))
                        .mapToInt(node -> freeAt(node, turn, job(head.get())))
                        .max()
                        .orElse(0);
                assertThat(most).as(seed).isGreaterThanOrEqualTo(job(head.get()).devices());
            }
        }

        private Stream<Node> usableFor(Queued job) {
            return cluster.nodes().stream()
                    .filter(node -> node.pool().equals(job.pool()) && node.availability() == NodeAvailability.OPEN)
                    .filter(node -> node.canRun(job.run()))
                    .filter(node ->
                            mostOfOneKind(job, node.devices().stream().filter(Device::healthy)) >= job.devices());
        }

        private static int mostOfOneKind(Queued job, Stream<Device> devices) {
            return devices
                    .filter(device -> job.kind() == null || job.kind() == device.kind())
                    .collect(groupingBy(Device::kind, summingInt(_ -> 1)))
                    .values()
                    .stream()
                    .max(Integer::compare)
                    .orElse(0);
        }

        private int freeAt(Node node, Instant moment, Queued job) {
            var busy = new HashSet<UUID>();
            var left = new HashSet<UUID>();
            all(Preempt.class).forEach(preempt -> left.add(preempt.job()));
            all(Decision.Stop.class).forEach(stop -> left.add(stop.job()));
            for (Running run : cluster.running()) {
                boolean leaves = run.leaving() || left.contains(run.job());
                Instant estimated = run.since().plus(run.estimate());
                Duration over = Duration.between(run.since(), cluster.now()).dividedBy(10);
                Instant ends = leaves
                        ? cluster.now().plusSeconds(60)
                        : estimated.isAfter(cluster.now())
                                ? estimated
                                : cluster.now().plus(Collections.max(List.of(over, Duration.ofMinutes(1))));
                if (ends.isAfter(moment)) {
                    busy.addAll(run.devices());
                }
            }
            for (Start start : all(Start.class)) {
                Queued started = job(start);
                Duration max = quota(started.tenant(), pool(started.pool())).maxRun();
                Duration takes = max != null && max.compareTo(started.estimate()) < 0 ? max : started.estimate();
                if (cluster.now().plus(takes).isAfter(moment)) {
                    busy.addAll(start.devices());
                }
            }
            return mostOfOneKind(
                    job, node.devices().stream().filter(device -> device.healthy() && !busy.contains(device.id())));
        }

        void theOrderOfTheSnapshotDoesNotMatter() {
            var random = new Random(1);
            var shuffled = new ClusterSnapshot(
                    cluster.now(),
                    shuffled(cluster.pools(), random),
                    shuffled(cluster.nodes(), random),
                    shuffled(cluster.quotas(), random),
                    cluster.reservations(),
                    shuffled(cluster.usage(), random),
                    shuffled(cluster.running(), random),
                    shuffled(cluster.queued(), random),
                    cluster.rules());
            assertThat(Planner.plan(shuffled)).as(seed).containsExactlyInAnyOrderElementsOf(plan);
        }

        private static <T> List<T> shuffled(List<T> list, Random random) {
            var copy = new ArrayList<>(list);
            Collections.shuffle(copy, random);
            return copy;
        }

        private int demand(UUID tenant, UUID pool) {
            return cluster.running().stream()
                            .filter(run ->
                                    run.tenant().equals(tenant) && run.pool().equals(pool) && !run.leaving())
                            .mapToInt(run -> run.devices().size())
                            .sum()
                    + cluster.queued().stream()
                            .filter(job ->
                                    job.tenant().equals(tenant) && job.pool().equals(pool))
                            .mapToInt(Queued::devices)
                            .sum();
        }

        private Queued job(Decision decision) {
            return Objects.requireNonNull(queued.get(decision.job()));
        }

        private Node node(UUID device) {
            return Objects.requireNonNull(nodeOf.get(device));
        }

        private Device device(UUID device) {
            return Objects.requireNonNull(devices.get(device));
        }

        private Pool pool(UUID id) {
            return cluster.pools().stream()
                    .filter(pool -> pool.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        private Quota quota(UUID tenant, Pool pool) {
            return cluster.quotas().stream()
                    .filter(quota ->
                            quota.tenant().equals(tenant) && quota.pool().equals(pool.id()))
                    .findFirst()
                    .orElse(new Quota(tenant, pool.id(), 0, pool.defaultCeiling(), null, null, null, null, Map.of()));
        }
    }
}
