package dev.temper.platform.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at a job.
 *
 * @param borrowed whether its devices were above what the tenant is guaranteed
 * @param claimedAt when its worker took it
 * @param startedAt when the run began to work
 * @param endReason a code, as in {@code succeeded}
 */
public record AttemptView(
        int number,
        @Nullable String node,
        boolean borrowed,
        Instant assignedAt,
        @Nullable Instant claimedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String endReason) {}
