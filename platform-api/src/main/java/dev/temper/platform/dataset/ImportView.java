package dev.temper.platform.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import as it is shown. Once it is over {@code rowsIn + rowsAdded = rowsKept + rowsLeftOut}.
 *
 * @param proposal which columns are probably what, where a person has to say; JSON
 * @param mapping which columns are what, once that is known; JSON
 * @param recipe what is done to the rows; JSON
 * @param rowsIn rows that stood in the file, so far
 * @param rowsAdded rows made by dividing rows
 * @param reasons rows left out, by code
 * @param progress how much of the file is read, from 0 to 1
 * @param steps what each step of the recipe did; JSON
 * @param resultVersion the version it made; null before, and where it made none
 * @param failure why it failed, as {@code code, message, remedy}; JSON
 */
public record ImportView(
        UUID id,
        UUID dataset,
        String fileName,
        long fileSize,
        ImportState state,
        @JsonRawValue @Nullable String proposal,
        @JsonRawValue @Nullable String mapping,
        @JsonRawValue String recipe,
        long rowsIn,
        long rowsAdded,
        long rowsKept,
        long rowsLeftOut,
        Map<String, Long> reasons,
        double progress,
        @JsonRawValue String steps,
        @Nullable UUID resultVersion,
        @JsonRawValue @Nullable String failure,
        @Nullable String createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
