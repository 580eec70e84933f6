package dev.temper.platform.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a dataset is changed; null leaves it as it is.
 *
 * @param archived whether it is put away: out of the list, and nothing is added to it any more
 */
public record DatasetChange(
        @Nullable String name,
        @Nullable String description,
        @Nullable List<String> tags,
        @Nullable Boolean archived) {}
