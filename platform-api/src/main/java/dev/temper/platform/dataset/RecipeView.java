package dev.temper.platform.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recipe that is kept under a name, as its newest version is.
 *
 * @param number of the newest version, from 1
 * @param recipe JSON
 * @param mapping for files with the same columns; null where the recipe has none
 * @param columns those files have
 * @param version of the resource, for If-Match
 */
public record RecipeView(
        UUID id,
        String name,
        String description,
        int number,
        @JsonRawValue String recipe,
        @JsonRawValue @Nullable String mapping,
        List<String> columns,
        @Nullable String createdBy,
        Instant createdAt,
        Instant changedAt,
        long version)
        implements Versioned {
    public RecipeView {
        columns = List.copyOf(columns);
    }
}
