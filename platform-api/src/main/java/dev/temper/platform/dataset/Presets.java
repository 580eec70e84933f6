package dev.temper.platform.dataset;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;

/** Recipes that are there from the beginning. */
final class Presets {
    static final String NONE = "none";
    static final String CLEAN = "clean";

    /** What nearly all data is better for; nothing of it changes what a row means. */
    private static final Recipe CLEANING = RecipeJson.read("""
            {"version": 1, "name": "clean", "steps": [
                {"step": "normalise"},
                {"step": "filter_empty"},
                {"step": "exact_duplicates"},
                {"step": "personal_data", "action": "report"}
            ]}
            """);

    private Presets() {}

    static Recipe clean() {
        return CLEANING;
    }
}
