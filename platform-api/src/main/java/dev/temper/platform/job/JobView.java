package dev.temper.platform.job;

import dev.temper.platform.common.Versioned;
import dev.temper.platform.resource.DeviceKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is shown.
 *
 * @param number its number in the tenant's addresses
 * @param owner the address of the person whose job it is
 * @param deviceKind what its devices are to be; null: whatever its pool will have
 * @param node where it runs
 * @param notBefore it waits until then before it is tried again
 * @param retries how often it was tried again after a failure
 * @param checkpointStep the step it would go on from
 * @param workedSeconds in all attempts that ended
 */
public record JobView(
        UUID id,
        long number,
        String name,
        String kind,
        JobState state,
        Instant stateSince,
        UUID userId,
        String owner,
        @Nullable UUID taskId,
        @Nullable UUID clonedFrom,
        String pool,
        int devices,
        @Nullable DeviceKind deviceKind,
        long estimateSeconds,
        int priority,
        Instant submittedAt,
        Instant queuedSince,
        @Nullable Instant notBefore,
        int attempt,
        @Nullable String node,
        int retries,
        int maxRetries,
        @Nullable Long checkpointStep,
        @Nullable Instant checkpointAt,
        long workedSeconds,
        @Nullable FailureClass failureClass,
        @Nullable String failureCode,
        @Nullable String failureMessage,
        @Nullable String failureAdvice,
        @Nullable Instant endedAt,
        long version)
        implements Versioned {}
