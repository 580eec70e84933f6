package dev.temper.platform.job;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.resource.Leases;
import dev.temper.platform.resource.Nodes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What workers say about the runs they have. All of it names the node and the fence of the attempt; a fence that is over,
 * or another node's, is refused with {@code fence_stale}, and whoever shows it must end that run. May be called inside a
 * transaction of the fleet's, and is then a part of it.
 */
@Service
public class Runs {
    /** So many different jobs lost on a node within {@link #BLAME_WITHIN}, and it is taken out. */
    private static final int BLAME_AT = 3;

    private static final Duration BLAME_WITHIN = Duration.ofHours(1);
    private static final int AT_ONCE = 200;

    private final JobRepository jobs;
    private final JobRows rows;
    private final JobHistory history;
    private final Attempts attempts;
    private final LetGo letGo;
    private final Leases leases;
    private final Nodes nodes;
    private final Clock clock;
    private final TransactionOperations transactions;

    Runs(
            JobRepository jobs,
            JobRows rows,
            JobHistory history,
            Attempts attempts,
            LetGo letGo,
            Leases leases,
            Nodes nodes,
            Clock clock,
            TransactionOperations transactions) {
        this.jobs = jobs;
        this.rows = rows;
        this.history = history;
        this.attempts = attempts;
        this.letGo = letGo;
        this.leases = leases;
        this.nodes = nodes;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * The most urgent run that was assigned to the node, now this worker's; empty where there is none.
     *
     * @param kinds of runs that the worker knows
     */
    public Optional<ClaimedRun> claim(UUID nodeId, Collection<String> kinds, Duration lease) {
        return onFleet(() -> {
            Instant now = now();
            Instant until = now.plus(lease);
            var actor = JobHistory.actor();
            return attempts.claim(nodeId, kinds, actor.kind().name(), actor.name(), now, until)
                    .map(claim -> rows.claimed(claim, until, leases.of(claim.fence())));
        });
    }

    /** Runs that the node has taken and that are not over, for a worker that starts again. */
    public List<ClaimedRun> heldBy(UUID nodeId) {
        return onFleet(() -> rows.claimedOn(nodeId, leases::of));
    }

    /** Makes the lease longer and says what the run is to do. */
    public RunDirective renew(UUID nodeId, long fence, Duration lease) {
        return onFleet(() -> attempts.renew(nodeId, fence, now().plus(lease))
                .map(standing -> switch (standing.state()) {
                    case PAUSING -> RunDirective.PAUSE;
                    case PREEMPTING -> RunDirective.PREEMPT;
                    case SUCCEEDED, FAILED, CANCELLED -> RunDirective.CANCEL;
                    case QUEUED, ASSIGNED, STARTING, RUNNING, PAUSED ->
                        standing.checkpointWanted() ? RunDirective.CHECKPOINT : RunDirective.CONTINUE;
                })
                .orElseThrow(ErrorCode.FENCE_STALE::problem));
    }

    /** The run works. Saying so again changes nothing. */
    public void started(UUID nodeId, long fence) {
        with(nodeId, fence, this::started);
    }

    private void started(Job job, Instant now) {
        if (job.state() == JobState.STARTING) {
            history.keep(job, job.started(JobHistory.actor().name(), now));
            attempts.started(job.fence().orElseThrow(), now);
        }
    }

    /** The run can go on from here. */
    public void checkpointed(UUID nodeId, long fence, Checkpoint checkpoint) {
        with(nodeId, fence, (job, now) -> job.checkpointed(checkpoint, now));
    }

    /**
     * The attempt is over and its devices are free.
     *
     * @return false where that was known; nothing happened then
     */
    public boolean finished(UUID nodeId, long fence, RunEnd end) {
        return onFleet(() -> {
            if (attempts.endOf(nodeId, fence).filter(reason(end)::equals).isPresent()) {
                return false;
            }
            with(nodeId, fence, (job, now) -> {
                if (end instanceof RunEnd.Succeeded) {
                    started(job, now); // its word of that was overtaken
                }
                job.ended(end, JobHistory.actor().name(), now).ifPresent(made -> history.keep(job, made));
                letGo.of(job, reason(end), now);
            });
            return true;
        });
    }

    /** The worker that had the run is gone, or says itself that it lost it. */
    public void lost(UUID nodeId, long fence) {
        with(nodeId, fence, (job, now) -> lose(job, "worker_lost", now));
    }

    /** Ends the attempts whose workers said nothing for as long as their leases lasted. Each is a transaction of its own. */
    public int expire() {
        List<Long> over = onFleet(() -> attempts.expired(now(), AT_ONCE));
        int ended = 0;
        for (long fence : over) {
            ended += onFleet(() -> jobs.lockByFence(fence)
                    .filter(_ -> attempts.isExpired(fence, now()))
                    .map(job -> {
                        lose(job, "lease_expired", now());
                        jobs.saveAndFlush(job);
                        return 1;
                    })
                    .orElse(0));
        }
        return ended;
    }

    private void lose(Job job, String reason, Instant now) {
        boolean wasTaken = job.state() != JobState.ASSIGNED;
        job.lost(reason, JobHistory.actor().name(), now).ifPresent(made -> history.keep(job, made));
        letGo.of(job, reason, now);
        int lost = attempts.jobsLostOn(job.node(), now.minus(BLAME_WITHIN));
        if (wasTaken && lost >= BLAME_AT) {
            nodes.sicken(job.node(), lost + " different jobs were lost on it within an hour");
        }
    }

    private void with(UUID nodeId, long fence, BiConsumer<Job, Instant> change) {
        onFleet(() -> {
            Job job = jobs.lockByFence(fence)
                    .filter(held -> held.node().equals(nodeId))
                    .orElseThrow(ErrorCode.FENCE_STALE::problem);
            change.accept(job, now());
            return jobs.saveAndFlush(job);
        });
    }

    private static String reason(RunEnd end) {
        return switch (end) {
            case RunEnd.Succeeded() -> "succeeded";
            case RunEnd.Failed(Failure failure) -> "failed";
            case RunEnd.Stopped() -> "stopped";
        };
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
