package dev.temper.platform.job;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are wanted.
 *
 * @param states any of which will do; empty for all
 * @param userId whose; null for everybody's
 * @param pool the pool's name
 */
public record JobFilter(
        List<JobState> states,
        @Nullable UUID userId,
        @Nullable String pool) {
    public static final JobFilter ALL = new JobFilter(List.of(), null, null);

    public JobFilter {
        states = List.copyOf(states);
    }
}
