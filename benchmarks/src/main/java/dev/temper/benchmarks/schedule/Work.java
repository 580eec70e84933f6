package dev.temper.benchmarks.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A job as it comes in.
 *
 * @param takes how long it really runs when nobody disturbs it
 * @param estimate what its owner, or the platform, believed
 */
record Work(UUID id, Fleet.Party tenant, Instant at, int devices, int priority, Duration takes, Duration estimate) {}
