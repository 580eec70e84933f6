package dev.temper.platform.job;

/** What a run is to do. */
public enum RunDirective {
    CONTINUE,
    /** Write a checkpoint and go on. */
    CHECKPOINT,
    /** Write a checkpoint and stop; somebody will resume it. */
    PAUSE,
    /** Write a checkpoint and stop; it goes on elsewhere. */
    PREEMPT,
    /** Stop at once. */
    CANCEL
}
