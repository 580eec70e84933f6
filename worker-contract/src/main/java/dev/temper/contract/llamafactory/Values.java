package dev.temper.contract.llamafactory;

import dev.temper.contract.Nearest;
import dev.temper.contract.SpecProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The keys of one file sorted by their fate: typed values to run with, problems, and warnings. */
public final class Values {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, JsonNode> running = new LinkedHashMap<>();
    private final List<SpecProblem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Values(ObjectNode file) {
        for (Map.Entry<String, JsonNode> entry : file.properties()) {
            if (!entry.getValue().isNull()) {
                sort(entry.getKey(), entry.getValue());
            }
        }
    }

    private void sort(String name, JsonNode value) {
        Key key = Keys.find(name).orElse(null);
        if (key == null) {
            problem(
                    "spec_unknown_key",
                    name,
                    "There is no key " + name + ".",
                    Nearest.of(name, Keys.names())
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Remove it."));
            return;
        }
        switch (key.fate()) {
            case Key.Fate.NoEffect(String because) -> warnings.add(name + " has no effect here: " + because);
            case Key.Fate.Later() -> {
                if (!asksForNothing(value)) {
                    later(name, value);
                }
            }
            case Key.Fate.Run run -> {
                JsonNode typed = typed(run.type(), value);
                if (typed == null) {
                    problem(
                            "spec_wrong_type",
                            name,
                            "The key " + name + " takes " + run.type().wanted + ", not " + value + ".",
                            "Write " + run.type().wanted + ".");
                } else {
                    running.put(name, typed);
                }
            }
        }
    }

    private static boolean asksForNothing(JsonNode value) {
        return value.isBoolean() && !value.asBoolean();
    }

    public void later(String name, Object value) {
        problem(
                "spec_not_yet",
                name,
                name + ": " + value + " is not supported yet.",
                "Remove " + name + " or choose another value.");
    }

    public void problem(String code, String name, String message, String remedy) {
        problems.add(new SpecProblem(code, name, message, remedy));
    }

    void warning(String text) {
        warnings.add(text);
    }

    List<SpecProblem> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    Map<String, JsonNode> running() {
        return running;
    }

    @Nullable
    JsonNode get(String name) {
        return running.get(name);
    }

    boolean given(String name) {
        return running.containsKey(name);
    }

    /** Whether a flag is set; false where it is absent. */
    boolean flag(String name) {
        JsonNode value = get(name);
        return value != null && value.asBoolean();
    }

    String text(String name, String fallback) {
        JsonNode value = get(name);
        return value == null ? fallback : value.asString();
    }

    int whole(String name, int fallback) {
        JsonNode value = get(name);
        return value == null ? fallback : value.intValue();
    }

    List<String> names(String name) {
        JsonNode value = get(name);
        return value == null
                ? List.of()
                : value.valueStream().map(JsonNode::asString).toList();
    }

    /** The value in its type, or null where it is of another. YAML readers differ on {@code 1e-4}, which is a number. */
    static @Nullable JsonNode typed(Key.Type type, JsonNode value) {
        return switch (type) {
            case TEXT -> value.isValueNode() ? NODES.stringNode(word(value)) : null;
            case WHOLE -> whole(value);
            case NUMBER -> number(value);
            case FLAG -> flag(value);
            case NAMES -> list(value, Values::name);
            case NUMBERS -> list(value, Values::number);
            case ARGUMENTS -> {
                ObjectNode all = NODES.objectNode();
                boolean numbers = value.isObject();
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    JsonNode number = number(entry.getValue());
                    numbers &= number != null;
                    all.set(entry.getKey(), number);
                }
                yield numbers ? all : null;
            }
            case FLAG_OR_TEXT -> flag(value) == null ? typed(Key.Type.TEXT, value) : flag(value);
        };
    }

    private static @Nullable JsonNode whole(JsonNode value) {
        JsonNode number = number(value);
        return number == null || number.doubleValue() != Math.rint(number.doubleValue())
                ? null
                : NODES.numberNode((long) number.doubleValue());
    }

    private static @Nullable JsonNode number(JsonNode value) {
        if (value.isNumber()) {
            return value;
        }
        if (!value.isString()) {
            return null;
        }
        try {
            return NODES.numberNode(Double.parseDouble(value.asString()));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static @Nullable JsonNode flag(JsonNode value) {
        if (value.isBoolean()) {
            return value;
        }
        return switch (value.isString() ? value.asString() : "") {
            case "true", "True" -> NODES.booleanNode(true);
            case "false", "False" -> NODES.booleanNode(false);
            default -> null;
        };
    }

    /** An unquoted {@code no} is false to some YAML readers. */
    private static String word(JsonNode value) {
        return asksForNothing(value) ? "no" : value.asString();
    }

    private static @Nullable JsonNode name(JsonNode value) {
        return value.isValueNode() ? NODES.stringNode(value.asString()) : null;
    }

    private static @Nullable JsonNode list(JsonNode value, Function<JsonNode, @Nullable JsonNode> entry) {
        var items = value.isArray()
                ? value.valueStream().toList()
                : Arrays.stream(value.asString("").split(","))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .<JsonNode>map(NODES::stringNode)
                        .toList();
        if (value.isObject()) {
            return null;
        }
        var all = NODES.arrayNode();
        for (JsonNode item : items) {
            JsonNode typed = entry.apply(item);
            if (typed == null) {
                return null;
            }
            all.add(typed);
        }
        return all;
    }
}
