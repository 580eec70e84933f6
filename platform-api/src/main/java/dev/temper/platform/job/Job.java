package dev.temper.platform.job;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.TenantOwned;
import dev.temper.platform.resource.Admitted;
import dev.temper.platform.resource.DeviceKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/**
 * One execution. Each method below is a transition or a wish: it happens, or says why not. An attempt holds devices as long
 * as there is a fence, which can outlast the job by the moment its worker needs to stop.
 */
@Entity
@Table(name = "jobs")
@SuppressWarnings("UnusedVariable") // What is only written here, plain SQL reads: JobRows and the planner's snapshot.
class Job extends TenantOwned {
    @Id
    private UUID id;

    @Column(updatable = false)
    private long number;

    @Column(updatable = false)
    private String name;

    @Column(updatable = false)
    private String kind;

    @Column(updatable = false)
    @ColumnTransformer(write = "?::jsonb")
    private String spec;

    @Column(updatable = false)
    private UUID userId;

    @Column(updatable = false)
    private @Nullable UUID taskId;

    @Column(updatable = false)
    private @Nullable UUID clonedFrom;

    @Column(updatable = false)
    private UUID poolId;

    @Column(updatable = false)
    private int devices;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private @Nullable DeviceKind deviceKind;

    @Column(updatable = false)
    private long estimateSeconds;

    private int priority;

    @Enumerated(EnumType.STRING)
    private JobState state;

    private Instant stateSince;
    private int moves;

    @Column(updatable = false)
    private Instant submittedAt;

    private Instant queuedSince;
    private @Nullable Instant notBefore;
    private int attempt;
    private @Nullable Long fence;
    private @Nullable UUID nodeId;
    private List<UUID> avoidedNodes;
    private int retries;

    @Column(updatable = false)
    private int maxRetries;

    private @Nullable Long checkpointStep;
    private @Nullable String checkpointReference;
    private @Nullable Instant checkpointAt;
    private @Nullable Instant checkpointWantedAt;
    private long workedSeconds;
    private @Nullable Instant lastPreemptedAt;

    @Enumerated(EnumType.STRING)
    private @Nullable FailureClass failureClass;

    private @Nullable String failureCode;
    private @Nullable String failureMessage;
    private @Nullable String failureAdvice;
    private @Nullable Instant endedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Job() {}

    @SuppressWarnings("NullAway.Init")
    Job(UUID id, long number, UUID userId, Admitted to, JobRequest asked, @Nullable UUID clonedFrom, Instant now) {
        this.id = id;
        this.number = number;
        this.userId = userId;
        this.poolId = to.poolId();
        this.deviceKind = to.kind();
        this.clonedFrom = clonedFrom;
        this.name = asked.name();
        this.kind = asked.kind();
        this.spec = asked.spec();
        this.taskId = asked.taskId();
        this.devices = asked.devices();
        this.estimateSeconds = asked.estimate().toSeconds();
        this.priority = asked.priority();
        this.maxRetries = asked.maxRetries();
        this.state = JobState.QUEUED;
        this.stateSince = now;
        this.submittedAt = now;
        this.queuedSince = now;
        this.avoidedNodes = List.of();
    }

    // What its owner wants

    /** The first entry of its history. */
    Transition submitted(String actor) {
        moves = 1;
        return new Transition(1, null, JobState.QUEUED, submittedAt, 0, actor, "submitted", null);
    }

    /** Ends it now, whatever it does; a run that holds devices gives them back when its worker has stopped it. */
    Transition cancel(String actor, Instant now) {
        return move(JobState.CANCELLED, "cancel", actor, "cancelled", null, now);
    }

    /** Stops it until it is resumed: at once while it waits, after a checkpoint while it runs. */
    Transition pause(String actor, Instant now) {
        boolean working = state == JobState.STARTING || state == JobState.RUNNING || state == JobState.PREEMPTING;
        return move(working ? JobState.PAUSING : JobState.PAUSED, "pause", actor, "paused", null, now);
    }

    Transition resume(String actor, Instant now) {
        if (state != JobState.PAUSED) {
            throw forbidden("resume");
        }
        queuedSince = now;
        return move(JobState.QUEUED, "resume", actor, "resumed", null, now);
    }

    /** Comes sooner or later from now on; a run that has its devices keeps them the better, the more it counts. */
    void prioritise(int wanted) {
        if (state.ended()) {
            throw forbidden("prioritise");
        }
        priority = wanted;
    }

    /** Asks the run for a checkpoint beyond those it writes by itself. */
    void wantCheckpoint(Instant now) {
        if (state != JobState.RUNNING) {
            throw forbidden("checkpoint");
        }
        checkpointWantedAt = now;
    }

    // What the scheduler decides

    Transition assign(UUID node, long newFence, boolean borrowed, String actor, Instant now) {
        if (fence != null) {
            throw forbidden("assign");
        }
        attempt++;
        fence = newFence;
        nodeId = node;
        notBefore = null;
        return move(JobState.ASSIGNED, "assign", actor, borrowed ? "assigned_borrowed" : "assigned", null, now);
    }

    /**
     * Takes the devices back: at once from what has not begun, after a checkpoint from what has.
     *
     * @param detail what to add for people
     * @param forOthers they are wanted by somebody else, which happens to a job once an hour at most
     */
    Transition preempt(String reason, @Nullable String detail, boolean forOthers, String actor, Instant now) {
        if (forOthers) {
            lastPreemptedAt = now;
        }
        return move(
                state == JobState.ASSIGNED ? JobState.QUEUED : JobState.PREEMPTING,
                "preempt",
                actor,
                reason,
                detail,
                now);
    }

    /** Ends it because it has run for longer than it may. */
    Transition overran(Duration ran, Duration most, String actor, Instant now) {
        return failed(
                new Failure(
                        FailureClass.USER,
                        "ran_too_long",
                        "The job ran for %s; the tenant's jobs may run for %s.".formatted(ran, most),
                        "Start a shorter job from its last checkpoint, or ask the platform's admin for more."),
                "ran_too_long",
                actor,
                now);
    }

    // What its worker says

    Transition started(String actor, Instant now) {
        return move(JobState.RUNNING, "start", actor, "started", null, now);
    }

    void checkpointed(Checkpoint checkpoint, Instant now) {
        if (checkpointStep != null && checkpoint.step() < checkpointStep) {
            return; // told late, or twice
        }
        checkpointStep = checkpoint.step();
        checkpointReference = checkpoint.reference();
        checkpointAt = now;
        checkpointWantedAt = null;
    }

    /** What becomes of it now that its attempt is over; nothing where it had ended before. */
    Optional<Transition> ended(RunEnd end, String actor, Instant now) {
        if (state.ended()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (end) {
                    case RunEnd.Succeeded() -> move(JobState.SUCCEEDED, "finish", actor, "succeeded", null, now);
                    case RunEnd.Stopped() -> stopped(actor, now);
                    case RunEnd.Failed(Failure failure) -> failed(failure, "failed", actor, now);
                });
    }

    private Transition stopped(String actor, Instant now) {
        return state == JobState.PAUSING
                ? move(JobState.PAUSED, "finish", actor, "paused", null, now)
                : move(JobState.QUEUED, "finish", actor, "stopped", null, now);
    }

    /** Its worker is gone, or has said nothing for too long. */
    Optional<Transition> lost(String reason, String actor, Instant now) {
        if (state.ended()) {
            return Optional.empty();
        }
        if (state == JobState.ASSIGNED) {
            avoid();
            return Optional.of(move(JobState.QUEUED, "lose", actor, "not_taken", null, now));
        }
        return Optional.of(failed(
                new Failure(
                        FailureClass.INTERNAL,
                        reason,
                        "The worker was lost while it ran this job.",
                        "It was tried again as often as allowed. If each worker is lost at the same step, the job itself"
                                + " may bring it down: look at its memory."),
                reason,
                actor,
                now));
    }

    /** What to tell once a transition has brought it to its end. */
    JobEnded end(Transition made) {
        return new JobEnded(
                tenantId(),
                id,
                kind,
                taskId,
                userId,
                name,
                state,
                failureCode,
                failureMessage,
                made.actor(),
                made.at());
    }

    private Transition failed(Failure failure, String reason, String actor, Instant now) {
        if (failure.kind() == FailureClass.INTERNAL) {
            avoid();
        }
        if (RetryPolicy.again(failure.kind(), retries, maxRetries)) {
            retries++;
            if (state == JobState.PAUSING) {
                return move(JobState.PAUSED, "fail", actor, reason, failure.message(), now);
            }
            notBefore = now.plus(RetryPolicy.wait(retries));
            return move(JobState.QUEUED, "fail", actor, reason, failure.message(), now);
        }
        failureClass = failure.kind();
        failureCode = failure.code();
        failureMessage = failure.message();
        failureAdvice = failure.advice();
        return move(JobState.FAILED, "fail", actor, reason, failure.message(), now);
    }

    private void avoid() {
        if (nodeId != null && !avoidedNodes.contains(nodeId)) {
            List<UUID> more = new ArrayList<>(avoidedNodes);
            more.add(nodeId);
            avoidedNodes = more;
        }
    }

    /** Its attempt no longer holds devices. */
    void letGo(Duration worked) {
        fence = null;
        checkpointWantedAt = null;
        workedSeconds += Math.max(0, worked.toSeconds());
    }

    private Transition move(
            JobState to, String action, String actor, String reason, @Nullable String detail, Instant now) {
        if (!state.canBecome(to)) {
            throw forbidden(action);
        }
        Transition made = new Transition(++moves, state, to, now, attempt, actor, reason, detail);
        state = to;
        stateSince = now;
        endedAt = to.ended() ? now : null;
        return made;
    }

    private RuntimeException forbidden(String action) {
        return ErrorCode.JOB_STATE_FORBIDS
                .with("job", name)
                .with("action", action)
                .with("state", state.name());
    }

    UUID id() {
        return id;
    }

    long number() {
        return number;
    }

    String name() {
        return name;
    }

    int priority() {
        return priority;
    }

    UUID userId() {
        return userId;
    }

    @Nullable
    UUID taskId() {
        return taskId;
    }

    UUID poolId() {
        return poolId;
    }

    @Nullable
    DeviceKind deviceKind() {
        return deviceKind;
    }

    int devices() {
        return devices;
    }

    int attempt() {
        return attempt;
    }

    JobState state() {
        return state;
    }

    Optional<Long> fence() {
        return Optional.ofNullable(fence);
    }

    long version() {
        return version;
    }

    UUID node() {
        return Objects.requireNonNull(nodeId);
    }
}
