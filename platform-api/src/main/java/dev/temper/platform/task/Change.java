package dev.temper.platform.task;

import org.jspecify.annotations.Nullable;

/**
 * What is to be otherwise when a task is gone on with. What is null stays as it was.
 *
 * @param step of the checkpoint; the newest that a run can go on from
 * @param settings laid over those of the task, as JSON
 */
public record Change(
        @Nullable Long step,
        @Nullable String name,
        @Nullable String settings,
        @Nullable String pool,
        @Nullable Integer devices,
        @Nullable Integer priority) {
    public static final Change NONE = new Change(null, null, null, null, null, null);
}
