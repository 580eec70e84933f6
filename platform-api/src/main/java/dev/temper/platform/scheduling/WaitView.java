package dev.temper.platform.scheduling;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a job waits, as of the last plan.
 *
 * @param position in its pool's queue, from 1
 * @param code which rule holds it: the codes of {@link Waiting}
 * @param facts the numbers and times of that reason, by their names there
 * @param estimatedStart null: somebody has to change something first
 */
public record WaitView(
        UUID jobId,
        int position,
        String code,
        Map<String, Object> facts,
        @Nullable Instant estimatedStart,
        Instant plannedAt) {}
