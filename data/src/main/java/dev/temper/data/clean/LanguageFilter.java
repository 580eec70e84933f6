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
import java.util.Optional;
import java.util.stream.Collectors;

/** Leaves out rows in other languages than those wanted, and counts the languages. */
public final class LanguageFilter implements StepKind {
    static final Setting<List<Language>> LANGUAGES =
            new Setting.Choices<>("languages", Language.class, List.of(Language.ZH, Language.EN));
    static final Setting<Boolean> KEEP_UNKNOWN = new Setting.Flag("keepUnknown", true);

    @Override
    public String name() {
        return "filter_language";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(LANGUAGES, KEEP_UNKNOWN);
    }

    @Override
    public List<String> reasons() {
        return List.of("language_not_wanted");
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        List<Language> wanted = settings.get(LANGUAGES);
        String names = wanted.stream().map(Language::id).collect(Collectors.joining(", "));
        return row -> {
            Optional<Language> language = LanguageDetector.of(RowText.all(row));
            Map<String, Integer> found = Map.of(language.map(Language::id).orElse("unknown"), 1);
            boolean kept = language.map(wanted::contains).orElse(settings.get(KEEP_UNKNOWN));
            return kept
                    ? new Outcome.Kept(found)
                    : new Outcome.Dropped(
                            "language_not_wanted",
                            Map.of("language", language.map(Language::id).orElse("unknown"), "wanted", names),
                            found);
        };
    }
}
