package dev.temper.data.augment;

import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Adds rows that ask with synonyms, without any model: the dictionary has only words that mean the same in a question. */
public final class SynonymStep implements StepKind {
    static final Setting<Integer> COPIES = new Setting.Whole("copies", 1, 1, 10);
    /** The share of the words with synonyms that is replaced; one at least. */
    static final Setting<Double> SHARE = new Setting.Real("share", 0.5, 0.0, 1.0);

    static final Setting<Integer> SEED = new Setting.Whole("seed", 42, 0, Integer.MAX_VALUE);

    @Override
    public String name() {
        return "augment_synonyms";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(COPIES, SHARE, SEED);
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        Synonyms synonyms = Synonyms.load();
        return row -> varied(row, synonyms, settings);
    }

    private static Outcome varied(Row row, Synonyms synonyms, Settings settings) {
        OptionalInt turn = Variants.question(row);
        if (turn.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        String question = row.turns().get(turn.getAsInt()).text();
        // Seeded by the question, so that a row has the same variants wherever it stands.
        Random random = new Random(question.hashCode() * 31L + settings.get(SEED));
        List<String> wordings = new ArrayList<>();
        for (int i = 0; i < settings.get(COPIES); i++) {
            wordings.add(synonyms.vary(question, settings.get(SHARE), random));
        }
        return Variants.of(row, turn.getAsInt(), wordings, "synonyms");
    }
}
