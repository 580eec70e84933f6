package dev.temper.platform.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe was at a time.
 *
 * @param number from 1
 * @param recipe JSON
 * @param mapping JSON; null where it had none
 */
public record RecipeVersionView(
        UUID id,
        UUID recipeId,
        int number,
        @JsonRawValue String recipe,
        @JsonRawValue @Nullable String mapping,
        @Nullable String createdBy,
        Instant createdAt) {}
