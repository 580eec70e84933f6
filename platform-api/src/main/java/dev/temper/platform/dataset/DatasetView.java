package dev.temper.platform.dataset;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it is shown.
 *
 * @param number in addresses
 * @param archivedAt since when it is put away; null where it is in use
 * @param latest its newest version; null before the first import ends
 */
public record DatasetView(
        UUID id,
        long number,
        String name,
        String description,
        List<String> tags,
        @Nullable Latest latest,
        @Nullable String createdBy,
        Instant createdAt,
        Instant changedAt,
        long version,
        @Nullable Instant archivedAt)
        implements Versioned {
    public DatasetView {
        tags = List.copyOf(tags);
    }

    /** What a list tells of the newest version. */
    public record Latest(UUID id, int number, long rows, long characters) {}
}
