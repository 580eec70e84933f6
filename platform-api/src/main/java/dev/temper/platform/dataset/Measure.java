package dev.temper.platform.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What to measure a version with.
 *
 * @param model a base model; null for the first there is
 * @param template null for the likeliest of the model
 * @param cutoff the most tokens a row may have
 */
public record Measure(@Nullable String model, @Nullable String template, int cutoff) {
    public static final int DEFAULT_CUTOFF = 2048;
}
