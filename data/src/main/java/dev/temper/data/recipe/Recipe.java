package dev.temper.data.recipe;

import java.util.List;

/**
 * What is done to the rows of an import, in this order. The same recipe on the same rows gives the same rows.
 *
 * @param name for people
 */
public record Recipe(String name, List<Chosen> steps) {
    /** Of the format; the only one so far. */
    public static final int VERSION = 1;

    /** Keeps every row as it is. */
    public static final Recipe EMPTY = new Recipe("", List.of());

    public Recipe {
        steps = List.copyOf(steps);
    }

    /** A step with its settings. */
    public record Chosen(StepKind kind, Settings settings) {}

    public Recipe named(String other) {
        return new Recipe(other, steps);
    }

    /** Begins with the first row. */
    public RecipeRun start(RecipeContext context) {
        return RecipeRun.open(this, context, null);
    }

    /** Goes on behind the last row that {@code state} knows of; the context's folder must be that of the run so far. */
    public RecipeRun resume(RecipeContext context, RecipeState state) {
        return RecipeRun.open(this, context, state);
    }
}
