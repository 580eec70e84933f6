package dev.temper.platform.job;

import dev.temper.contract.ExportSpec;
import dev.temper.contract.GenerateSpec;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Published in the transaction that brings a job to its end, the fleet's or a tenant's.
 *
 * @param kind which kind of run it was, as in {@code train}
 * @param userId whose job it is
 * @param by who ended it; where it was cancelled, a person
 */
public record JobEnded(
        UUID tenantId,
        UUID jobId,
        String kind,
        @Nullable UUID taskId,
        UUID userId,
        String name,
        JobState state,
        @Nullable String failureCode,
        @Nullable String failureMessage,
        String by,
        Instant at) {
    private static final Set<String> AFTERWARDS = Set.of(ExportSpec.KIND, GenerateSpec.KIND);

    /** Whether it is a task's own run, and not one of those that come after it. */
    public boolean trains() {
        return !AFTERWARDS.contains(kind);
    }
}
