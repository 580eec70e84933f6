package dev.temper.contract.link;

/** What the platform wants of a run. */
public enum Directive {
    /** Go on. */
    CONTINUE(false),
    /** Write a checkpoint and go on. */
    CHECKPOINT(false),
    /** Write a checkpoint and stop; somebody will say when to go on. */
    PAUSE(true),
    /** Stop at once; nothing of it is wanted. */
    CANCEL(true),
    /** Write a checkpoint and stop; others need the devices, and it goes on when there are some. */
    PREEMPT(true),
    /** Write a checkpoint and stop; the worker is to be emptied, and the run goes on elsewhere. */
    DRAIN(true);

    private final boolean stops;

    Directive(boolean stops) {
        this.stops = stops;
    }

    /** Whether the run's process ends by it. */
    public boolean stops() {
        return stops;
    }
}
