package dev.temper.platform.job;

/** Whose fault it was, and so what comes of it. */
public enum FailureClass {
    /** Bad data, a diverged loss: trying again would end the same way. */
    USER,
    /** Out of memory or disk: trying again would end the same way, another setting would not. */
    RESOURCES,
    /** A crash, a lost worker: tried again, as often as the job's retries allow. */
    INTERNAL
}
