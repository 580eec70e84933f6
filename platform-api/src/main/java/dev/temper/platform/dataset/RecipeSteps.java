package dev.temper.platform.dataset;

import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.recipe.StepKinds;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.ErrorTexts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every step that a recipe may have, with its settings, in words: forms and clients are made from this alone. */
public final class RecipeSteps {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RecipeSteps() {}

    /**
     * A step.
     *
     * @param name as in recipes
     * @param reasons why it may leave rows out
     */
    public record StepView(
            String name, String title, String help, List<SettingView> settings, List<ReasonView> reasons) {}

    /**
     * A setting of a step.
     *
     * @param type {@code whole, real, flag, words, choice, choices, texts}
     * @param standard the value it has when none is given
     * @param required whether there is no such value, so that one must be given
     * @param least of a number, or of the characters of a text
     * @param most of a number, of the characters of a text, or of the texts in a list
     * @param choices the values it takes, where they are a closed list
     */
    public record SettingView(
            String name,
            String title,
            String help,
            String type,
            Object standard,
            boolean required,
            @Nullable Number least,
            @Nullable Number most,
            List<ChoiceView> choices) {}

    /** One value of a closed list. */
    public record ChoiceView(String value, String title) {}

    /** Why a step leaves a row out. */
    public record ReasonView(String code, String title) {}

    /** In the order in which they are best applied. */
    public static List<StepView> all(Locale locale) {
        ResourceBundle words = words(locale);
        return StepKinds.all().stream().map(kind -> view(kind, words, locale)).toList();
    }

    /** The words for a step's name. */
    public static String title(String step, Locale locale) {
        ResourceBundle words = words(locale);
        return words.containsKey(step + ".title") ? words.getString(step + ".title") : step;
    }

    /** A kind of what a step found, such as mail addresses. */
    public static String found(String step, String kind, Locale locale) {
        ResourceBundle words = words(locale);
        String key = step + ".kinds." + kind;
        return words.containsKey(key) ? words.getString(key) : kind;
    }

    private static StepView view(StepKind kind, ResourceBundle words, Locale locale) {
        String name = kind.name();
        return new StepView(
                name,
                words.getString(name + ".title"),
                words.getString(name + ".help"),
                kind.settings().stream()
                        .map(setting -> view(name, setting, words))
                        .toList(),
                kind.reasons().stream()
                        .map(code -> new ReasonView(code, CodedTexts.title(code, locale)))
                        .toList());
    }

    private static <T> SettingView view(String step, Setting<T> setting, ResourceBundle words) {
        String key = step + "." + setting.name();
        Map<String, Object> bounds = setting.bounds();
        JsonNode standard = setting.write(setting.standard());
        return new SettingView(
                setting.name(),
                words.getString(key + ".title"),
                words.getString(key + ".help"),
                Setting.id(setting.type()),
                JSON.convertValue(standard, Object.class),
                !setting.allowed(setting.standard()),
                (Number) bounds.get("least"),
                (Number) bounds.get("most"),
                choices(key, bounds.get("choices"), words));
    }

    private static List<ChoiceView> choices(String key, @Nullable Object choices, ResourceBundle words) {
        return choices instanceof List<?> values
                ? values.stream()
                        .map(value -> new ChoiceView(value.toString(), words.getString(key + "." + value)))
                        .toList()
                : List.of();
    }

    private static ResourceBundle words(Locale locale) {
        return ErrorTexts.bundle("steps", locale);
    }
}
