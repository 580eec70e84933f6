package dev.temper.platform.resource;

/** What an admin wants of a node. */
public enum NodeState {
    /** Takes runs. */
    READY,
    /** Keeps those it has and takes no more. */
    CORDONED,
    /** As cordoned, and those it has go on elsewhere. */
    DRAINING
}
