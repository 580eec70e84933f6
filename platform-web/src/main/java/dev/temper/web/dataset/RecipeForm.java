package dev.temper.web.dataset;

import dev.temper.platform.dataset.RecipeSteps;
import dev.temper.platform.dataset.RecipeSteps.ChoiceView;
import dev.temper.platform.dataset.RecipeSteps.SettingView;
import dev.temper.platform.dataset.RecipeSteps.StepView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recipe as an ordered list of forms, and what people do to it. Everything is in the fields, named after the recipe's
 * JSON pointers as in {@code steps-0-tokens}, so that it works without script and a refusal finds its field.
 */
final class RecipeForm {
    /** What a button of a step does, as in {@code up:2}. */
    static final String ACTION = "do";

    static final String KIND = "kind";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_STEPS = 50;

    private RecipeForm() {}

    /** A step with its fields. */
    record Step(int index, String name, String title, String help, List<Field> fields, boolean first, boolean last) {}

    /**
     * A setting.
     *
     * @param id of its input
     * @param value as it is typed
     * @param chosen which of the choices are ticked
     */
    record Field(
            String id,
            String type,
            String title,
            String help,
            String value,
            boolean required,
            @Nullable Number least,
            @Nullable Number most,
            List<Ticked> chosen) {
        public boolean is(String other) {
            return type.equals(other);
        }
    }

    record Ticked(String value, String title, boolean ticked) {}

    /** Nothing yet. */
    static ObjectNode empty() {
        ObjectNode recipe = JSON.createObjectNode().put("version", 1);
        recipe.putArray("steps");
        return recipe;
    }

    static ObjectNode of(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    /** What was typed, as the recipe it would be; what is no number stays text, so that it is refused with its place. */
    static ObjectNode read(MultiValueMap<String, String> typed) {
        ObjectNode recipe = empty();
        ArrayNode steps = (ArrayNode) recipe.path("steps");
        var known = RecipeSteps.all(Locale.ENGLISH).stream().collect(Collectors.toMap(StepView::name, step -> step));
        for (int i = 0; i < MOST_STEPS; i++) {
            StepView kind = known.get(String.valueOf(typed.getFirst("steps-" + i)));
            if (kind != null) {
                ObjectNode step = steps.addObject().put("step", kind.name());
                String prefix = "steps-" + i + "-";
                kind.settings()
                        .forEach(setting ->
                                step.set(setting.name(), value(setting, typed.get(prefix + setting.name()))));
            }
        }
        return recipe;
    }

    private static JsonNode value(SettingView setting, @Nullable List<String> typed) {
        List<String> values = typed == null ? List.of() : typed;
        String first = values.isEmpty() ? "" : values.getFirst().strip();
        return switch (setting.type()) {
            case "flag" -> JSON.valueToTree(!values.isEmpty());
            case "whole" -> number(first, Long::valueOf);
            case "real" -> number(first, Double::valueOf);
            case "choices" -> JSON.valueToTree(values);
            case "texts" ->
                JSON.valueToTree(first.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
            default -> JSON.valueToTree(first);
        };
    }

    private static JsonNode number(String typed, Function<String, Number> reading) {
        try {
            return JSON.valueToTree(reading.apply(typed));
        } catch (NumberFormatException noNumber) {
            return JSON.valueToTree(typed);
        }
    }

    /**
     * Adds a step, takes one out, or moves it.
     *
     * @return whether the action was one of these
     */
    static boolean change(ObjectNode recipe, String action, @Nullable String kind) {
        ArrayNode steps = (ArrayNode) recipe.path("steps");
        String[] parts = action.split(":", 2);
        int index = parts.length == 2 && parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        boolean there = index >= 0 && index < steps.size();
        switch (parts[0]) {
            case "add" -> {
                if (kind != null && steps.size() < MOST_STEPS) {
                    steps.addObject().put("step", kind);
                }
            }
            case "remove" -> {
                if (there) {
                    steps.remove(index);
                }
            }
            case "up" -> {
                if (there && index > 0) {
                    steps.insert(index - 1, steps.remove(index));
                }
            }
            case "down" -> {
                if (there && index < steps.size() - 1) {
                    steps.insert(index + 1, steps.remove(index));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The recipe's steps with all of their fields. */
    static List<Step> draw(JsonNode recipe, Locale locale) {
        List<StepView> known = RecipeSteps.all(locale);
        List<JsonNode> steps = new ArrayList<>();
        recipe.path("steps").forEach(steps::add);
        return IntStream.range(0, steps.size())
                .mapToObj(i -> known.stream()
                        .filter(kind ->
                                kind.name().equals(steps.get(i).path("step").asString("")))
                        .map(kind -> step(kind, steps.get(i), i, i == steps.size() - 1))
                        .findFirst())
                .flatMap(Optional::stream)
                .toList();
    }

    private static Step step(StepView kind, JsonNode step, int index, boolean last) {
        List<Field> fields = kind.settings().stream()
                .map(setting -> field(setting, step.path(setting.name()), "steps-" + index + "-" + setting.name()))
                .toList();
        return new Step(index, kind.name(), kind.title(), kind.help(), fields, index == 0, last);
    }

    private static Field field(SettingView setting, JsonNode given, String id) {
        JsonNode value = given.isMissingNode() ? JSON.valueToTree(setting.standard()) : given;
        List<String> values = value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(one -> one.asString(""))
                        .toList()
                : List.of(value.asString(""));
        return new Field(
                id,
                setting.type(),
                setting.title(),
                setting.help(),
                String.join("\n", values),
                setting.required(),
                setting.least(),
                setting.most(),
                setting.choices().stream().map(choice -> ticked(choice, values)).toList());
    }

    private static Ticked ticked(ChoiceView choice, List<String> values) {
        return new Ticked(choice.value(), choice.title(), values.contains(choice.value()));
    }
}
