package dev.temper.platform.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a plan says of one job. Every waiting job has exactly one {@link Start} or {@link Wait}. */
public sealed interface Decision {
    UUID job();

    /**
     * Give it these devices, all of them.
     *
     * @param borrowed above what its tenant is guaranteed, so it may have to make room
     * @param backfilled it goes before somebody who can't start yet, and delays nobody
     */
    record Start(UUID job, List<UUID> devices, boolean borrowed, boolean backfilled) implements Decision {}

    /**
     * Have it save and give its devices back; it returns to the queue.
     *
     * @param claimant the job that gets them; null: none, it has to go anyway
     */
    record Preempt(UUID job, Reason reason, @Nullable UUID claimant) implements Decision {
        public enum Reason {
            /** Another tenant wants what it is guaranteed. */
            GUARANTEE,
            /** Its tenant's ceiling was lowered. */
            CEILING,
            /** Its node is being drained. */
            DRAIN,
            /** A device of it is sick. */
            SICK_DEVICE
        }
    }

    /** End it for good: it ran longer than its tenant's runs may. */
    record Stop(UUID job, Duration ran, Duration maxRun) implements Decision {}

    /**
     * Let it wait.
     *
     * @param position its place in its pool's queue, from 1
     * @param estimatedStart null: nobody can say, because somebody has to change something first
     */
    record Wait(
            UUID job, int position, Waiting why, @Nullable Instant estimatedStart) implements Decision {}
}
