package dev.temper.platform.advisor;

import dev.temper.contract.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * What is known before a training.
 *
 * @param chosen the settings as they are now; what somebody leaves open has its default
 * @param model null where its files are not known
 * @param machine null where the pool has no device yet
 */
public record Situation(
        RunSpec chosen,
        Rows rows,
        @Nullable Model model,
        @Nullable Machine machine) {
    /**
     * What is learned from.
     *
     * @param count rows drawn in an epoch
     * @param longest tokens of the longest one; 0 where they were not counted
     */
    public record Rows(long count, int longest) {}

    /** @param context the most tokens it can look at; 0 where it does not say */
    public record Model(long parameters, int layers, int context) {}

    /** One of the devices it would run on. */
    public record Machine(boolean bf16, long memoryBytes) {}
}
