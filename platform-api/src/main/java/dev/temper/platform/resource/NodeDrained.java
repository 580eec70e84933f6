package dev.temper.platform.resource;

import java.util.UUID;

/** Published in the transaction that drains a node: its runs are to go on elsewhere. */
public record NodeDrained(UUID nodeId) {}
