package dev.temper.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays what a spec says over what the defaults say, and notes every key and type that does not fit. */
final class SpecTree {
    private final List<SpecProblem> problems = new ArrayList<>();

    List<SpecProblem> problems() {
        return problems;
    }

    /**
     * The defaults with the values given in their place. An empty object among the defaults takes any key; an array
     * with one object is the pattern of its entries.
     */
    JsonNode over(JsonNode defaults, JsonNode given, String path) {
        if (defaults instanceof ObjectNode known && known.isEmpty() && given.isObject()) {
            return given;
        }
        if (defaults instanceof ObjectNode known && given instanceof ObjectNode object) {
            return object(known, object, path);
        }
        if (defaults instanceof ArrayNode known
                && given instanceof ArrayNode array
                && known.size() == 1
                && known.get(0).isObject()) {
            ArrayNode merged = known.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                merged.add(over(known.get(0), array.get(i), path + "[" + i + "]"));
            }
            return merged;
        }
        if (!fits(defaults, given)) {
            problems.add(new SpecProblem(
                    "spec_wrong_type",
                    path,
                    "The key " + path + " takes " + kind(defaults) + ", not " + given + ".",
                    "Write " + kind(defaults) + "."));
        }
        return given;
    }

    private ObjectNode object(ObjectNode defaults, ObjectNode given, String path) {
        Set<String> known = new TreeSet<>(defaults.propertyNames());
        for (String key : given.propertyNames()) {
            if (!known.contains(key)) {
                problems.add(new SpecProblem(
                        "spec_unknown_key",
                        at(path, key),
                        "There is no key " + at(path, key) + ".",
                        Nearest.of(key, known)
                                .map(near -> "Did you mean " + at(path, near) + "?")
                                .orElse("Remove it.")));
            }
        }
        ObjectNode merged = defaults.objectNode();
        for (String key : defaults.propertyNames()) {
            JsonNode standard = defaults.get(key);
            JsonNode value = given.get(key);
            if (value != null) {
                merged.set(key, over(standard, value, at(path, key)));
            } else {
                reportRequired(standard, at(path, key));
                merged.set(key, standard);
            }
        }
        return merged;
    }

    private void reportRequired(JsonNode standard, String path) {
        if (standard.isString() && standard.asString().equals(Defaults.REQUIRED)) {
            problems.add(new SpecProblem(
                    "spec_missing_key", path, "The key " + path + " is missing.", "Add it; there is no default."));
        }
        if (standard.isContainer()) {
            for (var entry : standard.properties()) {
                reportRequired(entry.getValue(), at(path, entry.getKey()));
            }
            for (int i = 0; standard.isArray() && i < standard.size(); i++) {
                reportRequired(standard.get(i), path + "[" + i + "]");
            }
        }
    }

    private static boolean fits(JsonNode standard, JsonNode given) {
        if (standard.isNull()) {
            return true;
        }
        return standard.isFloatingPointNumber()
                ? given.isNumber()
                : standard.isIntegralNumber()
                        ? given.isIntegralNumber()
                        : standard.getNodeType() == given.getNodeType();
    }

    private static String kind(JsonNode standard) {
        return switch (standard.getNodeType()) {
            case BOOLEAN -> "true or false";
            case NUMBER -> standard.isIntegralNumber() ? "a whole number" : "a number";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> "a text";
        };
    }

    private static String at(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
