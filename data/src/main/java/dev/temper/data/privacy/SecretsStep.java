package dev.temper.data.privacy;

import dev.temper.data.recipe.Misfit;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import java.util.EnumSet;
import java.util.List;

/** Reports, masks or leaves out what holds keys, tokens or passwords. */
public final class SecretsStep implements StepKind {
    static final Setting<Hidden> ACTION = new Setting.Choice<>("action", Hidden.MASK);
    static final Setting<List<SecretKind>> KINDS =
            new Setting.Choices<>("kinds", SecretKind.class, List.of(SecretKind.values()));

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ACTION, KINDS);
    }

    @Override
    public List<String> reasons() {
        return List.of("secret_found");
    }

    @Override
    public List<Misfit> misfits(Settings settings) {
        return settings.get(ACTION) == Hidden.PSEUDONYMISE
                ? List.of(new Misfit("action", "no_pseudonyms", "one of report, mask, leave_out"))
                : List.of();
    }

    @Override
    public boolean showsBefore() {
        return false;
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        Secrets secrets = new Secrets(EnumSet.copyOf(settings.get(KINDS)));
        return new Hiding<>(secrets::find, settings.get(ACTION), (kind, value) -> "[" + kind + "]", "secret_found");
    }
}
