package dev.temper.data.clean;

import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.row.RowText;
import java.util.List;

/** Brings characters, line ends, white space and full-width digits into one form; symbols such as ¥, ℃ and № stay. */
public final class Normalise implements StepKind {
    static final Setting<Boolean> NFC = new Setting.Flag("nfc", true);
    static final Setting<Boolean> CONTROLS = new Setting.Flag("controls", true);
    static final Setting<WhiteSpace> WHITE_SPACE = new Setting.Choice<>("whiteSpace", WhiteSpace.LINES);
    static final Setting<Boolean> FULL_WIDTH = new Setting.Flag("fullWidth", true);

    @Override
    public String name() {
        return "normalise";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(NFC, CONTROLS, WHITE_SPACE, FULL_WIDTH);
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        CharacterForms forms = new CharacterForms(
                settings.get(NFC), settings.get(CONTROLS), settings.get(WHITE_SPACE), settings.get(FULL_WIDTH));
        return row -> Outcome.of(row, RowText.map(row, forms::apply));
    }
}
