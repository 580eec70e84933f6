package dev.temper.data.duplicates;

import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import java.util.List;

/** Leaves out rows that say, word for word, what an earlier row said. */
public final class ExactDuplicates implements StepKind {
    /** Which words have to be the same. */
    enum Compare {
        /** All of them, and who says them. */
        ALL,
        /** Only what is asked: of several answers to one question, the first stays. */
        QUESTION
    }

    static final Setting<Compare> COMPARE = new Setting.Choice<>("compare", Compare.ALL);
    static final Setting<Boolean> IGNORE_CASE = new Setting.Flag("ignoreCase", false);

    @Override
    public String name() {
        return "exact_duplicates";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(COMPARE, IGNORE_CASE);
    }

    @Override
    public List<String> reasons() {
        return List.of("exact_duplicate");
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        return new ExactIndex(context, settings.get(COMPARE), settings.get(IGNORE_CASE));
    }
}
