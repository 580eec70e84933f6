package dev.temper.platform.job;

import java.util.Set;

/** Where a job stands, and what may follow. The whole table; {@code docs/job-states.md} is drawn from it. */
public enum JobState {
    /** Waits for devices. */
    QUEUED,
    /** Has devices; the worker has not taken it yet. */
    ASSIGNED,
    /** The worker prepares: fetches, loads, compiles. */
    STARTING,
    RUNNING,
    /** Is to write a checkpoint and stop, as somebody wished. */
    PAUSING,
    /** Holds nothing and waits for somebody to resume it. */
    PAUSED,
    /** Is to write a checkpoint and stop, because its devices are needed for others or its node goes. */
    PREEMPTING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    private static Set<JobState> after(JobState state) {
        return switch (state) {
            case QUEUED -> Set.of(ASSIGNED, PAUSED, CANCELLED);
            case ASSIGNED -> Set.of(STARTING, QUEUED, PAUSED, FAILED, CANCELLED);
            case STARTING -> Set.of(RUNNING, PAUSING, PREEMPTING, QUEUED, FAILED, CANCELLED);
            case RUNNING -> Set.of(PAUSING, PREEMPTING, QUEUED, SUCCEEDED, FAILED, CANCELLED);
            case PAUSING -> Set.of(PAUSED, SUCCEEDED, FAILED, CANCELLED);
            case PREEMPTING -> Set.of(PAUSING, QUEUED, SUCCEEDED, FAILED, CANCELLED);
            case PAUSED -> Set.of(QUEUED, CANCELLED);
            case SUCCEEDED, FAILED, CANCELLED -> Set.of();
        };
    }

    public boolean canBecome(JobState next) {
        return after(this).contains(next);
    }

    /** Nothing follows; what a run still holds comes back when its worker has stopped it. */
    public boolean ended() {
        return after(this).isEmpty();
    }
}
