package dev.temper.platform.scheduling;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that waits, as of the last plan.
 *
 * @param number its number in the tenant's addresses
 * @param owner the address of the person whose job it is
 * @param position in its pool's queue, from 1, all tenants' jobs counted; null: submitted since the last plan
 * @param code which rule holds it: the codes of {@link Waiting}
 * @param facts the numbers and times of that rule, by their names there
 * @param estimatedStart null: somebody has to change something first
 */
public record QueueEntry(
        UUID jobId,
        long number,
        String name,
        String owner,
        String pool,
        int devices,
        int priority,
        Instant queuedSince,
        @Nullable Integer position,
        @Nullable String code,
        Map<String, Object> facts,
        @Nullable Instant estimatedStart,
        @Nullable Instant plannedAt) {}
