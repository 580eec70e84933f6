package dev.temper.platform.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An immutable version of a dataset.
 *
 * @param number 1, 2, 3 … of its dataset
 * @param parent the version it was made from; null for one that came from a file
 * @param hash SHA-256 of its rows: the same rows, the same hash
 * @param size of its file, in bytes
 * @param recipe what was done to the rows, as JSON; null where nothing was
 * @param steps what each step of the recipe did, as JSON
 * @param note what whoever made it says
 * @param changes against the parent, as {@code edited, removed, added} in JSON; null where its rows are not the parent's
 * @param tags names that point at it
 */
public record VersionView(
        UUID id,
        UUID dataset,
        int number,
        @Nullable UUID parent,
        String hash,
        long size,
        long rows,
        VersionStatistics statistics,
        @JsonRawValue @Nullable String recipe,
        @JsonRawValue String steps,
        String note,
        @Nullable String createdBy,
        Instant createdAt,
        @JsonRawValue @Nullable String changes,
        List<String> tags) {}
