package dev.temper.web.browser;

import static org.awaitility.Awaitility.await;

import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.job.Checkpoint;
import dev.temper.platform.job.ClaimedRun;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.DeviceReport;
import dev.temper.platform.resource.DeviceTelemetry;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolChange;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.QuotaLimits;
import dev.temper.platform.resource.Quotas;
import dev.temper.platform.tenant.TenantView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

/** Cards whose runs do what a test says, when it says so. */
@TestComponent
class Trainings {
    static final int STEPS = 216;

    private static final Duration LEASE = Duration.ofHours(3);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Pools pools;
    private final Nodes nodes;
    private final Quotas quotas;
    private final Runs runs;
    private final JobEvents events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Trainings(
            Pools pools,
            Nodes nodes,
            Quotas quotas,
            Runs runs,
            JobEvents events,
            TransactionTemplate transaction,
            Clock clock) {
        this.pools = pools;
        this.nodes = nodes;
        this.quotas = quotas;
        this.runs = runs;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A pool of its own with one card, all of it the tenant's. */
    Card card(TenantView tenant, String name) {
        return card(tenant, name, 80L << 30);
    }

    Card card(TenantView tenant, String name, long memory) {
        PoolView pool = Caller.system("test")
                .call(() -> pools.create(name, new PoolChange("A100, 80 GiB", List.of("pool=" + name), 0)));
        String hardware = "GPU-" + name;
        NodeView node = Caller.system("test")
                .call(() -> nodes.enrol(
                        name + "-01",
                        List.of("pool=" + name),
                        "1.0",
                        List.of(new DeviceReport(
                                hardware, DeviceKind.NVIDIA, 0, "A100-SXM4-80GB", memory, "8.0", true, null))));
        nodes.seen(node.id(), List.of(new DeviceTelemetry(hardware, 0.87, 3L << 30, 61.0, null)));
        Caller.system("test")
                .run(() -> quotas.set(
                        tenant.id(), pool.id(), new QuotaLimits(1, 4, 200L, 172_800L, 20, 0, 80), IfMatch.ANY));
        return new Card(node);
    }

    /** A card, and what the planner gives to it. */
    final class Card {
        private final NodeView node;

        private Card(NodeView node) {
            this.node = node;
        }

        /** What comes next, as soon as it comes. */
        Training next() {
            ClaimedRun run = await().atMost(SOON)
                    .until(() -> runs.claim(node.id(), List.of("train"), LEASE), Optional::isPresent)
                    .orElseThrow();
            runs.started(node.id(), run.fence());
            return new Training(node, run);
        }
    }

    /** An attempt at a job. */
    final class Training {
        private final NodeView node;
        private final ClaimedRun run;
        private long told;

        private Training(NodeView node, ClaimedRun run) {
            this.node = node;
            this.run = run;
        }

        /** A curve as trainings have them: the loss falls, the rate rises and falls, with the same noise each time. */
        void takes(int from, int to) {
            List<WorkerEvent> all = new ArrayList<>();
            if (told == 0) {
                all.add(new WorkerEvent.Notice("287 rows, 287 samples, 30,788 tokens, 21,322 of them learned"));
            }
            for (int step = from; step <= to; step++) {
                double noise = (Math.abs(Math.sin(step) * 43_758.5453) % 1 - 0.5) * 0.24;
                all.add(metrics(
                        step,
                        Map.of(
                                "loss",
                                1.1 + 2.4 * Math.exp(-step / 40.0) + noise,
                                "learning_rate",
                                1e-4 * Math.min(step / 22.0, Math.cos(step * 1.5 / STEPS)),
                                "grad_norm",
                                0.9 + 2 * Math.exp(-step / 25.0) + noise,
                                "tokens_per_second",
                                5_800 + 900 * noise,
                                "seconds_per_step",
                                0.42,
                                "epoch",
                                step * 5.0 / STEPS)));
                if (step % 44 == 0) {
                    all.add(metrics(
                            step, Map.of("eval_loss", 1.2 + 2.3 * Math.exp(-step / 40.0), "epoch", step / 44.0)));
                }
            }
            tell(all, from);
        }

        private void tell(List<WorkerEvent> all, int from) {
            Instant begin = clock.instant().minus(Duration.ofMinutes(2)).plus(Duration.ofMillis(420L * from));
            List<TimedEvent> timed = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                timed.add(new TimedEvent(begin.plus(Duration.ofMillis(420L * i)), all.get(i)));
            }
            long first = told + 1;
            told += timed.size();
            FleetScope.run(() -> transaction.executeWithoutResult(
                    _ -> events.keep(node.id(), run.jobId(), run.fence(), first, timed, Duration.ZERO)));
        }

        void keeps(int step) {
            runs.checkpointed(node.id(), run.fence(), new Checkpoint(step, "c" + step));
        }

        void ends(RunEnd how) {
            runs.finished(node.id(), run.fence(), how);
        }

        private static WorkerEvent.Metrics metrics(int step, Map<String, Double> values) {
            return new WorkerEvent.Metrics(step, STEPS, values);
        }
    }
}
