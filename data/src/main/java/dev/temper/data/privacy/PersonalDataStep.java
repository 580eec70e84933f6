package dev.temper.data.privacy;

import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import java.util.EnumSet;
import java.util.List;

/** Reports or hides mail addresses, telephone, identity, card and account numbers, network addresses, names, addresses. */
public final class PersonalDataStep implements StepKind {
    static final Setting<Hidden> ACTION = new Setting.Choice<>("action", Hidden.MASK);
    static final Setting<List<PersonalKind>> KINDS =
            new Setting.Choices<>("kinds", PersonalKind.class, List.of(PersonalKind.values()));
    /** Other pseudonyms for another key. */
    static final Setting<String> KEY = new Setting.Words("key", "", 0, 200);

    @Override
    public String name() {
        return "personal_data";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ACTION, KINDS, KEY);
    }

    @Override
    public List<String> reasons() {
        return List.of("personal_data_found");
    }

    @Override
    public boolean showsBefore() {
        return false;
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        PersonalData data = new PersonalData(EnumSet.copyOf(settings.get(KINDS)));
        Pseudonyms pseudonyms = new Pseudonyms(settings.get(KEY));
        return new Hiding<>(
                data::find,
                settings.get(ACTION),
                settings.get(ACTION) == Hidden.PSEUDONYMISE ? pseudonyms::of : (kind, value) -> "[" + kind + "]",
                "personal_data_found");
    }
}
