package dev.temper.benchmarks.schedule;

import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import dev.temper.platform.scheduling.ClusterSnapshot.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How one job fares: it waits, runs, makes room, runs on from its last checkpoint, ends. */
final class Course {
    private static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(30);

    final Work work;
    private Duration left;
    private Duration worked = Duration.ZERO;
    private Set<UUID> devices = Set.of();
    private @Nullable Instant since;
    private @Nullable Instant leavesAt;
    private @Nullable Instant lastPreempted;
    private @Nullable Instant firstStart;
    private @Nullable Instant ended;
    private int preemptions;

    Course(Work work) {
        this.work = work;
        this.left = work.takes();
    }

    void start(Set<UUID> given, Instant now) {
        devices = given;
        since = now;
        leavesAt = null;
        firstStart = firstStart == null ? now : firstStart;
    }

    /** What it held is free again. */
    Set<UUID> giveBack(Instant now) {
        Instant began = began();
        Duration ran = Duration.between(began, now);
        if (ran.compareTo(left) >= 0) {
            ended = now;
        } else {
            // It saves before it leaves, if it has begun to work at all.
            Duration kept = ran.compareTo(Duration.ofMinutes(1)) > 0 ? ran : Duration.ZERO;
            left = left.minus(kept);
            worked = worked.plus(kept);
            lastPreempted = now;
            preemptions++;
        }
        Set<UUID> back = devices;
        devices = Set.of();
        since = null;
        leavesAt = null;
        return back;
    }

    void leave(Instant at) {
        leavesAt = at;
    }

    /** When it gives its devices back: at its end, or earlier if it makes room. */
    Instant freesAt() {
        Instant end = began().plus(left);
        return leavesAt != null && leavesAt.isBefore(end) ? leavesAt : end;
    }

    boolean hasEnded() {
        return ended != null;
    }

    int preemptions() {
        return preemptions;
    }

    /** How long it stood in the queue before it began. */
    Duration firstWait(Instant now) {
        return Duration.between(work.at(), firstStart == null ? now : firstStart);
    }

    /** From its submission to its end, or to now. */
    Duration presence(Instant now) {
        return Duration.between(work.at(), ended == null ? now : ended);
    }

    Duration progress(Instant now) {
        return since == null
                ? work.takes().minus(left)
                : work.takes().minus(left).plus(Duration.between(since, now));
    }

    Queued queued(UUID pool) {
        Duration estimate = work.estimate().minus(worked);
        return new Queued(
                work.id(),
                work.tenant().id(),
                work.tenant().id(),
                pool,
                work.devices(),
                null,
                work.priority(),
                estimate.toSeconds() < 60 ? Duration.ofMinutes(1) : estimate,
                work.at(),
                null,
                Set.of(),
                false);
    }

    Running running(UUID pool, Instant now) {
        Instant began = began();
        Duration estimate = work.estimate().minus(worked);
        long checkpoints = Duration.between(began, now).dividedBy(CHECKPOINT_EVERY);
        return new Running(
                work.id(),
                work.tenant().id(),
                work.tenant().id(),
                pool,
                devices,
                work.priority(),
                work.at(),
                began,
                estimate.toSeconds() < 60 ? Duration.ofMinutes(1) : estimate,
                worked,
                checkpoints == 0 ? null : began.plus(CHECKPOINT_EVERY.multipliedBy(checkpoints)),
                lastPreempted,
                leavesAt != null);
    }

    private Instant began() {
        if (since == null) {
            throw new IllegalStateException(work.id() + " does not run");
        }
        return since;
    }
}
