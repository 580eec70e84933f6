package dev.temper.data.clean;

import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.row.RowText;
import java.util.List;
import java.util.Map;

/** Leaves out rows whose answer says the same over and over, as broken generations and scraped pages do. */
public final class RepetitionFilter implements StepKind {
    static final Setting<Integer> WINDOW = new Setting.Whole("window", 8, 2, 100);
    static final Setting<Double> MAX_SHARE = new Setting.Real("maxShare", 0.5, 0.0, 1.0);
    static final Setting<Integer> MIN_UNITS = new Setting.Whole("minUnits", 40, 1, 1_000_000);

    @Override
    public String name() {
        return "filter_repetition";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(WINDOW, MAX_SHARE, MIN_UNITS);
    }

    @Override
    public List<String> reasons() {
        return List.of("answer_repetitive");
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        Repetition repetition = new Repetition(settings.get(WINDOW), settings.get(MIN_UNITS));
        double most = settings.get(MAX_SHARE);
        return row -> {
            double share = repetition.share(RowText.answer(row));
            return share > most
                    ? Outcome.drop(
                            "answer_repetitive", Map.of("share", Math.round(share * 1000) / 1000.0, "most", most))
                    : Outcome.UNCHANGED;
        };
    }
}
