package dev.temper.platform.dataset;

import dev.temper.data.recipe.Recipe;
import java.util.List;
import java.util.UUID;

/**
 * How the next version of a dataset is made from versions there are.
 *
 * @param version whose dataset it becomes the next version of
 * @param ratio how often a row of it is taken on average
 * @param others versions that are mixed in
 * @param recipe what is done to the rows then
 */
public record Preparation(UUID version, double ratio, List<Mixed> others, Recipe recipe) {
    /** The least a version may be taken, and the most. */
    public static final double LEAST = 0.01;

    public static final double MOST = 10;

    public Preparation {
        others = List.copyOf(others);
    }

    /** The recipe alone. */
    public static Preparation of(UUID version, Recipe recipe) {
        return new Preparation(version, 1, List.of(), recipe);
    }

    /** Another version, and how often a row of it is taken on average. */
    public record Mixed(UUID version, double ratio) {}
}
