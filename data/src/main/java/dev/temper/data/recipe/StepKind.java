package dev.temper.data.recipe;

import java.util.List;

/**
 * A kind of step. It is found by {@link java.util.ServiceLoader}: a new one is one class and one line in
 * {@code META-INF/services}.
 */
public interface StepKind {
    /** The name in recipes, lower_snake_case. */
    String name();

    /** Every setting it takes, in the order of a form. */
    List<Setting<?>> settings();

    /** The codes it may leave rows out with. */
    default List<String> reasons() {
        return List.of();
    }

    /** What is wrong with settings that are right one by one. */
    default List<Misfit> misfits(Settings settings) {
        return List.of();
    }

    /** Whether reports may show what stood before; not where the step is there to hide it. */
    default boolean showsBefore() {
        return true;
    }

    Step open(Settings settings, StepContext context);
}
