package dev.temper.contract.link;

/** What a worker is doing with a run. */
public enum Phase {
    /** Fetching its files and starting its process. */
    STARTING,
    /** Its process works. */
    RUNNING,
    /** It was told to stop and writes its checkpoint. */
    STOPPING,
    /** Its process is gone; what it left is being delivered. */
    DELIVERING
}
