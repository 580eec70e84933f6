package dev.temper.platform.scheduling;

import dev.temper.platform.common.FleetScope;
import dev.temper.platform.job.Assignments;
import dev.temper.platform.scheduling.ClusterSnapshot.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Plans once and does what the plan says. Each decision is a transaction of its own that holds it against what is true by then:
 * a job that was cancelled in between is left alone, and one that fails spoils no other. A round that is cut short leaves
 * nothing half done; the next one plans anew.
 */
@Component
class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private final SnapshotReader snapshots;
    private final UsageBook usage;
    private final Waits waits;
    private final Assignments assignments;
    private final SchedulingSettings settings;
    private final Clock clock;
    private final Timer rounds;
    private final Timer plans;
    private final AtomicInteger queued;
    private final Counter skipped;
    private final TransactionTemplate transactions;
    private final TransactionTemplate oneMoment;

    Round(
            SnapshotReader snapshots,
            UsageBook usage,
            Waits waits,
            Assignments assignments,
            SchedulingSettings settings,
            Clock clock,
            MeterRegistry meters,
            PlatformTransactionManager transactions) {
        this.snapshots = snapshots;
        this.usage = usage;
        this.waits = waits;
        this.assignments = assignments;
        this.settings = settings;
        this.clock = clock;
        this.rounds = Timer.builder("temper.scheduling.round")
                .description("Reading the cluster, planning, and carrying the plan out")
                .register(meters);
        this.plans = Timer.builder("temper.scheduling.plan")
                .description("Planning alone")
                .register(meters);
        this.skipped = SnapshotReader.skipped(meters);
        this.queued = new AtomicInteger();
        Gauge.builder("temper.queue.jobs", queued, AtomicInteger::get)
                .description("Jobs that waited when this process last planned")
                .register(meters);
        this.transactions = new TransactionTemplate(transactions);
        this.oneMoment = new TransactionTemplate(transactions);
        oneMoment.setReadOnly(true);
        oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    void run() {
        rounds.record(() -> {
            ClusterSnapshot cluster = look();
            List<Decision> decisions = Objects.requireNonNull(plans.record(() -> plan(cluster)));
            queued.set(cluster.queued().size());
            apply(cluster, decisions);
        });
    }

    /** A pool that can't be planned, by a fault of ours, must not keep the others waiting. */
    private List<Decision> plan(ClusterSnapshot cluster) {
        List<Decision> decisions = new ArrayList<>();
        for (ClusterSnapshot.Pool pool : cluster.pools()) {
            try {
                decisions.addAll(Planner.plan(cluster, pool));
            } catch (RuntimeException e) {
                LOG.error("The pool {} could not be planned", pool.id(), e);
                skipped.increment();
            }
        }
        return decisions;
    }

    ClusterSnapshot look() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return FleetScope.call(() -> {
            List<Usage> used = Objects.requireNonNull(transactions.execute(_ -> usage.bring(now)));
            return Objects.requireNonNull(oneMoment.execute(_ -> snapshots.read(now, used, settings.rules())));
        });
    }

    void apply(ClusterSnapshot cluster, List<Decision> decisions) {
        Map<UUID, UUID> nodes = new HashMap<>();
        cluster.nodes().forEach(node -> node.devices().forEach(device -> nodes.put(device.id(), node.id())));
        for (Decision decision : decisions) {
            try {
                apply(decision, nodes);
            } catch (TransientDataAccessException e) {
                LOG.info("The next plan decides about job {} again: {}", decision.job(), e.getMessage());
            } catch (RuntimeException e) {
                // One job that can't be done with must not keep all others waiting.
                LOG.warn("What was decided about job {} could not be done", decision.job(), e);
                skipped.increment();
            }
        }
        List<Decision.Wait> waiting = decisions.stream()
                .filter(Decision.Wait.class::isInstance)
                .map(Decision.Wait.class::cast)
                .toList();
        FleetScope.run(() -> transactions.executeWithoutResult(_ -> waits.replace(waiting, cluster.now())));
    }

    private void apply(Decision decision, Map<UUID, UUID> nodes) {
        switch (decision) {
            case Decision.Start start -> {
                UUID node = Objects.requireNonNull(nodes.get(start.devices().getFirst()));
                assignments.assign(start.job(), node, start.devices(), start.borrowed());
            }
            case Decision.Preempt preempt -> {
                String reason = "preempted_" + preempt.reason().name().toLowerCase(Locale.ROOT);
                switch (preempt.reason()) {
                    case GUARANTEE, CEILING -> assignments.preempt(preempt.job(), reason);
                    case DRAIN, SICK_DEVICE -> assignments.moveOff(preempt.job(), reason);
                }
            }
            case Decision.Stop stop -> assignments.overrun(stop.job(), stop.ran(), stop.maxRun());
            case Decision.Wait _ -> {}
        }
    }
}
