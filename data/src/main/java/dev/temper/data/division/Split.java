package dev.temper.data.division;

import dev.temper.data.duplicates.KeyMarks;
import dev.temper.data.duplicates.NearIndex;
import dev.temper.data.recipe.Misfit;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import java.util.List;

/**
 * Writes into a column whether a row is for training, validation or test. Rows of one group go to one part, and so do
 * near duplicates: what is tested was never trained on in other words. Rows added later move none that is there.
 */
public final class Split implements StepKind {
    /** What makes rows a group. */
    enum Group {
        /** The same words. */
        ROW,
        /** The same question, whatever the answer. */
        QUESTION,
        /** The same value in the column {@code groupColumn}; rows without one are groups of their own. */
        COLUMN
    }

    static final Setting<Double> VALIDATION = new Setting.Real("validation", 0.05, 0.0, 0.9);
    static final Setting<Double> TEST = new Setting.Real("test", 0.05, 0.0, 0.9);
    static final Setting<Group> GROUP = new Setting.Choice<>("group", Group.QUESTION);
    static final Setting<String> GROUP_COLUMN = new Setting.Words("groupColumn", "", 0, 200);
    static final Setting<Boolean> NEAR_DUPLICATES = new Setting.Flag("nearDuplicates", true);
    static final Setting<Double> SIMILARITY = new Setting.Real("similarity", 0.8, 0.5, 1.0);
    static final Setting<String> SEED = new Setting.Words("seed", "temper", 0, 200);
    static final Setting<String> COLUMN = new Setting.Words("column", "split", 1, 200);

    @Override
    public String name() {
        return "split";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(VALIDATION, TEST, GROUP, GROUP_COLUMN, NEAR_DUPLICATES, SIMILARITY, SEED, COLUMN);
    }

    @Override
    public List<String> reasons() {
        return List.of("near_duplicate_in_other_part");
    }

    @Override
    public List<Misfit> misfits(Settings settings) {
        if (settings.get(VALIDATION) + settings.get(TEST) >= 1) {
            return List.of(
                    new Misfit("validation", "shares", "a share that, with test, leaves some rows for training"));
        }
        boolean columnMissing = settings.get(GROUP) == Group.COLUMN
                && settings.get(GROUP_COLUMN).isEmpty();
        return columnMissing ? List.of(new Misfit("groupColumn", "column", "the name of a column")) : List.of();
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        Shares shares = new Shares(settings.get(VALIDATION), settings.get(TEST), settings.get(SEED));
        Grouping grouping = new Grouping(settings.get(GROUP), settings.get(GROUP_COLUMN));
        if (!settings.get(NEAR_DUPLICATES)) {
            return row -> Assignment.outcome(row, settings.get(COLUMN), shares.of(grouping.key(row)));
        }
        NearIndex index = new NearIndex(context.inner("near"), settings.get(SIMILARITY));
        return new Assignment(shares, grouping, index, new KeyMarks(context.inner("groups")), settings.get(COLUMN));
    }
}
