package dev.temper.platform.job;

import dev.temper.platform.common.FleetScope;
import dev.temper.platform.resource.Hold;
import dev.temper.platform.resource.Leases;
import dev.temper.platform.resource.NodeDrained;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What the scheduler does to jobs. A decision was made on a snapshot, so each is held against what is true now: it either
 * happens as a whole or not at all.
 */
@Service
public class Assignments {
    /** A worker that does not take its run within this is thought gone. */
    static final Duration TO_BE_TAKEN = Duration.ofSeconds(60);

    private final JobRepository jobs;
    private final JobHistory history;
    private final Attempts attempts;
    private final LetGo letGo;
    private final Leases leases;
    private final Clock clock;
    private final TransactionOperations transactions;

    Assignments(
            JobRepository jobs,
            JobHistory history,
            Attempts attempts,
            LetGo letGo,
            Leases leases,
            Clock clock,
            TransactionOperations transactions) {
        this.jobs = jobs;
        this.history = history;
        this.attempts = attempts;
        this.letGo = letGo;
        this.leases = leases;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * Gives a queued job these devices.
     *
     * @param devices as many as it asks for, all on that node
     * @param borrowed whether this is above what the tenant is guaranteed
     * @return the attempt's fence; empty where the job no longer waits or a device is no longer to be had
     */
    public Optional<Long> assign(UUID jobId, UUID nodeId, List<UUID> devices, boolean borrowed) {
        return onFleet(() -> {
            Optional<Job> waiting =
                    jobs.lock(jobId).filter(job -> job.state() == JobState.QUEUED && job.devices() == devices.size());
            if (waiting.isEmpty()) {
                return Optional.<Long>empty();
            }
            Job job = waiting.get();
            Instant now = now();
            long fence = attempts.nextFence();
            boolean held = leases.hold(new Hold(
                    job.tenantId(),
                    jobId,
                    job.userId(),
                    job.poolId(),
                    nodeId,
                    fence,
                    job.deviceKind(),
                    devices,
                    borrowed,
                    now));
            if (!held) {
                return Optional.<Long>empty();
            }
            history.keep(
                    job, job.assign(nodeId, fence, borrowed, JobHistory.actor().name(), now));
            jobs.saveAndFlush(job);
            attempts.begin(job, fence, borrowed, now, now.plus(TO_BE_TAKEN));
            return Optional.of(fence);
        });
    }

    /**
     * Takes a job's devices back: at once where its worker has not taken it, after a checkpoint where it runs.
     *
     * @param reason a code, as in {@code preempted}
     * @return whether it held any and is going to give them back because of this
     */
    public boolean preempt(UUID jobId, String reason) {
        return onFleet(() ->
                jobs.lock(jobId).map(job -> leave(job, reason, null, true)).orElse(false));
    }

    /**
     * The same because an admin of the platform wants it.
     *
     * @param why in words that the job's people read
     */
    public boolean moveOffByHand(UUID jobId, String why) {
        return onFleet(() -> jobs.lock(jobId)
                .map(job -> leave(job, "preempted_by_admin", why, false))
                .orElse(false));
    }

    /**
     * Has a job come sooner or later, whatever its tenant's quota says of priorities.
     *
     * @return the priority it had; empty where there is no such job
     */
    public Optional<Integer> prioritise(UUID jobId, int priority) {
        return onFleet(() -> jobs.lock(jobId).map(job -> {
            int before = job.priority();
            job.prioritise(priority);
            jobs.saveAndFlush(job);
            return before;
        }));
    }

    /** The same because of its node or a device, which nobody else wants: the hour in which it is left alone is not begun. */
    public boolean moveOff(UUID jobId, String reason) {
        return onFleet(() ->
                jobs.lock(jobId).map(job -> leave(job, reason, null, false)).orElse(false));
    }

    /** What runs on a drained node goes on elsewhere. */
    @EventListener
    void on(NodeDrained drained) {
        attempts.openOn(drained.nodeId())
                .forEach(fence -> jobs.lockByFence(fence).ifPresent(job -> leave(job, "drained", null, false)));
    }

    private boolean leave(Job job, String reason, @Nullable String detail, boolean forOthers) {
        boolean can = switch (job.state()) {
            case ASSIGNED, STARTING, RUNNING -> true;
            case QUEUED, PAUSING, PAUSED, PREEMPTING, SUCCEEDED, FAILED, CANCELLED -> false;
        };
        if (can) {
            Instant now = now();
            history.keep(
                    job,
                    job.preempt(reason, detail, forOthers, JobHistory.actor().name(), now));
            if (job.state() == JobState.QUEUED) {
                letGo.of(job, reason, now);
            }
            jobs.saveAndFlush(job);
        }
        return can;
    }

    /**
     * Ends a job that has run for longer than its tenant's jobs may; its devices come back when its worker has stopped it.
     *
     * @return whether it was running
     */
    public boolean overrun(UUID jobId, Duration ran, Duration most) {
        return onFleet(() -> jobs.lock(jobId)
                .filter(job -> job.fence().isPresent() && !job.state().ended())
                .map(job -> {
                    Instant now = now();
                    boolean taken = job.state() != JobState.ASSIGNED;
                    history.keep(job, job.overran(ran, most, JobHistory.actor().name(), now));
                    if (!taken) {
                        letGo.of(job, "ran_too_long", now);
                    }
                    jobs.saveAndFlush(job);
                    return true;
                })
                .orElse(false));
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
