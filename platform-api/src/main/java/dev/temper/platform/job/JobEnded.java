package dev.temper.platform.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Published in the transaction, of the fleet's, that brings a job to its end by its run's own word. */
public record JobEnded(UUID tenantId, UUID jobId, @Nullable UUID taskId, JobState state) {}
