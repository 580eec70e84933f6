package dev.temper.platform.resource;

import java.time.Duration;
import java.util.UUID;

/** What a job asks for: devices of a pool, all on one node, for about so long; and who asks. */
public record Demand(String pool, int devices, Duration estimate, int priority, UUID userId) {}
