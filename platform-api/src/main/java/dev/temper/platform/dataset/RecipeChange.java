package dev.temper.platform.dataset;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.shape.Mapping;
import org.jspecify.annotations.Nullable;

/** What to change of a recipe; what is null stays. */
public record RecipeChange(
        @Nullable String name,
        @Nullable String description,
        @Nullable Recipe recipe,
        @Nullable Mapping mapping) {}
