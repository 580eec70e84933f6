package dev.temper.data.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of a step's settings, every one of them allowed. */
public final class Settings {
    private final Map<Setting<?>, Object> values;

    private Settings(Map<Setting<?>, Object> values) {
        this.values = values;
    }

    @SuppressWarnings("unchecked") // read() put under each setting what that setting read
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("no setting " + setting.name());
        }
        return (T) value;
    }

    /** Reads what a recipe says of a step, noting everything that is wrong. */
    static Settings read(StepKind kind, ObjectNode given, String pointer, Consumer<RecipeProblem> problems) {
        Map<String, Setting<?>> known = new LinkedHashMap<>();
        kind.settings().forEach(setting -> known.put(setting.name(), setting));
        for (String name : given.propertyNames()) {
            if (!known.containsKey(name) && !name.equals(RecipeJson.STEP)) {
                problems.accept(RecipeProblem.unknownSetting(
                        pointer + "/" + RecipeJson.escaped(name), kind.name(), name, new TreeSet<>(known.keySet())));
            }
        }
        Map<Setting<?>, Object> values = new LinkedHashMap<>();
        known.values()
                .forEach(setting ->
                        read(setting, given, pointer, problems).ifPresent(value -> values.put(setting, value)));
        Settings settings = new Settings(values);
        if (values.size() == known.size()) {
            for (Misfit misfit : kind.misfits(settings)) {
                problems.accept(RecipeProblem.wrong(
                        pointer + "/" + misfit.setting(), String.valueOf(given.get(misfit.setting())), misfit));
            }
        }
        return settings;
    }

    private static <T> Optional<T> read(
            Setting<T> setting, ObjectNode given, String pointer, Consumer<RecipeProblem> problems) {
        String at = pointer + "/" + setting.name();
        JsonNode value = given.get(setting.name());
        Optional<T> read = value == null ? Optional.of(setting.standard()) : setting.read(value);
        read = read.filter(setting::allowed);
        if (read.isEmpty()) {
            problems.accept(
                    value == null
                            ? RecipeProblem.missing(at, setting)
                            : RecipeProblem.wrong(at, RecipeJson.excerpt(value), setting));
        }
        return read;
    }

    /** All of them, spelled out, so that a later change of a standard value changes no recipe there is. */
    void write(List<Setting<?>> order, ObjectNode into) {
        order.forEach(setting -> write(setting, into));
    }

    private <T> void write(Setting<T> setting, ObjectNode into) {
        into.set(setting.name(), setting.write(get(setting)));
    }
}
