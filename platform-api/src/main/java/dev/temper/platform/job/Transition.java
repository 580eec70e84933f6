package dev.temper.platform.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a job.
 *
 * @param from null: submitted
 * @param attempt the number of the attempt; 0 before the first
 * @param actor who did it
 * @param reason a code, as in {@code preempted}
 */
public record Transition(
        int seq,
        @Nullable JobState from,
        JobState to,
        Instant at,
        int attempt,
        String actor,
        String reason,
        @Nullable String detail) {}
