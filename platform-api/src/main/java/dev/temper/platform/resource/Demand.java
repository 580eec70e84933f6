package dev.temper.platform.resource;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks for: devices of a pool, all on one node, for about so long; and who asks.
 *
 * @param run which kind of run it is
 * @param kind what the devices must be; null: the best that the pool has enough of
 */
public record Demand(
        String run,
        String pool,
        int devices,
        @Nullable DeviceKind kind,
        Duration estimate,
        int priority,
        UUID userId) {}
