package dev.temper.data.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A setting of a step: its name in JSON, the value it has when none is given, and which values it takes. */
public sealed interface Setting<T> {
    String name();

    /** The value where none is given; one that is not {@link #allowed} makes the setting a required one. */
    T standard();

    /** The value in JSON, if it is of this kind at all. */
    Optional<T> read(JsonNode given);

    JsonNode write(T value);

    default boolean allowed(T value) {
        return true;
    }

    /** What it takes, as in "a whole number from 1 to 9". */
    String wanted();

    /** What kind of setting it is, for forms and for words in other languages. */
    Type type();

    /** What bounds its values: {@code least} and {@code most}, or the {@code choices}. */
    default Map<String, Object> bounds() {
        return Map.of();
    }

    /** The kinds of settings there are. */
    enum Type {
        WHOLE,
        REAL,
        FLAG,
        WORDS,
        CHOICE,
        CHOICES,
        TEXTS
    }

    record Whole(String name, Integer standard, int least, int most) implements Setting<Integer> {
        @Override
        public Optional<Integer> read(JsonNode given) {
            return given.isIntegralNumber() && given.canConvertToInt()
                    ? Optional.of(given.intValue())
                    : Optional.empty();
        }

        @Override
        public JsonNode write(Integer value) {
            return NODES.numberNode(value);
        }

        @Override
        public boolean allowed(Integer value) {
            return value >= least && value <= most;
        }

        @Override
        public String wanted() {
            return "a whole number from " + least + " to " + most;
        }

        @Override
        public Type type() {
            return Type.WHOLE;
        }

        @Override
        public Map<String, Object> bounds() {
            return Map.of("least", least, "most", most);
        }
    }

    record Real(String name, Double standard, double least, double most) implements Setting<Double> {
        @Override
        public Optional<Double> read(JsonNode given) {
            return given.isNumber() ? Optional.of(given.doubleValue()) : Optional.empty();
        }

        @Override
        public JsonNode write(Double value) {
            return NODES.numberNode(value);
        }

        @Override
        public boolean allowed(Double value) {
            return value >= least && value <= most;
        }

        @Override
        public String wanted() {
            return "a number from " + least + " to " + most;
        }

        @Override
        public Type type() {
            return Type.REAL;
        }

        @Override
        public Map<String, Object> bounds() {
            return Map.of("least", least, "most", most);
        }
    }

    record Flag(String name, Boolean standard) implements Setting<Boolean> {
        @Override
        public Optional<Boolean> read(JsonNode given) {
            return given.isBoolean() ? Optional.of(given.booleanValue()) : Optional.empty();
        }

        @Override
        public JsonNode write(Boolean value) {
            return NODES.booleanNode(value);
        }

        @Override
        public String wanted() {
            return "true or false";
        }

        @Override
        public Type type() {
            return Type.FLAG;
        }
    }

    record Words(String name, String standard, int least, int most) implements Setting<String> {
        @Override
        public Optional<String> read(JsonNode given) {
            return given.isString() ? Optional.of(given.stringValue()) : Optional.empty();
        }

        @Override
        public JsonNode write(String value) {
            return NODES.stringNode(value);
        }

        @Override
        public boolean allowed(String value) {
            return value.length() >= least && value.length() <= most;
        }

        @Override
        public String wanted() {
            return "a text of " + least + " to " + most + " characters";
        }

        @Override
        public Type type() {
            return Type.WORDS;
        }

        @Override
        public Map<String, Object> bounds() {
            return Map.of("least", least, "most", most);
        }
    }

    record Choice<E extends Enum<E>>(String name, E standard) implements Setting<E> {
        @Override
        public Optional<E> read(JsonNode given) {
            return all(standard).stream()
                    .filter(choice -> given.isString() && id(choice).equals(given.stringValue()))
                    .findAny();
        }

        @Override
        public JsonNode write(E value) {
            return NODES.stringNode(id(value));
        }

        @Override
        public String wanted() {
            return "one of " + all(standard).stream().map(Setting::id).collect(Collectors.joining(", "));
        }

        @Override
        public Type type() {
            return Type.CHOICE;
        }

        @Override
        public Map<String, Object> bounds() {
            return Map.of("choices", all(standard).stream().map(Setting::id).toList());
        }
    }

    /** Several of a closed list, in its order; at least one. */
    record Choices<E extends Enum<E>>(String name, Class<E> of, List<E> standard) implements Setting<List<E>> {
        public Choices {
            standard = List.copyOf(standard);
        }

        @Override
        public Optional<List<E>> read(JsonNode given) {
            List<E> read = new ArrayList<>();
            for (E choice : of.getEnumConstants()) {
                given.forEach(entry -> {
                    if (entry.isString() && id(choice).equals(entry.stringValue()) && !read.contains(choice)) {
                        read.add(choice);
                    }
                });
            }
            return given.isArray() && read.size() == given.size() ? Optional.of(read) : Optional.empty();
        }

        @Override
        public JsonNode write(List<E> value) {
            var array = NODES.arrayNode();
            value.forEach(choice -> array.add(id(choice)));
            return array;
        }

        @Override
        public boolean allowed(List<E> value) {
            return !value.isEmpty();
        }

        @Override
        public String wanted() {
            return "a list of "
                    + Arrays.stream(of.getEnumConstants()).map(Setting::id).collect(Collectors.joining(", "));
        }

        @Override
        public Type type() {
            return Type.CHOICES;
        }

        @Override
        public Map<String, Object> bounds() {
            return Map.of(
                    "choices",
                    Arrays.stream(of.getEnumConstants()).map(Setting::id).toList());
        }
    }

    record Texts(String name, List<String> standard) implements Setting<List<String>> {
        private static final int MOST = 10_000;

        public Texts {
            standard = List.copyOf(standard);
        }

        @Override
        public Optional<List<String>> read(JsonNode given) {
            List<String> read = new ArrayList<>();
            given.forEach(entry -> {
                if (entry.isString()) {
                    read.add(entry.stringValue());
                }
            });
            return given.isArray() && read.size() == given.size() ? Optional.of(read) : Optional.empty();
        }

        @Override
        public JsonNode write(List<String> value) {
            var array = NODES.arrayNode();
            value.forEach(array::add);
            return array;
        }

        @Override
        public boolean allowed(List<String> value) {
            return value.size() <= MOST;
        }

        @Override
        public String wanted() {
            return "a list of at most " + MOST + " texts";
        }

        @Override
        public Type type() {
            return Type.TEXTS;
        }

        @Override
        public Map<String, Object> bounds() {
            return Map.of("most", MOST);
        }
    }

    JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A choice as it stands in JSON. */
    static String id(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> List<E> all(E one) {
        return List.of(one.getDeclaringClass().getEnumConstants());
    }
}
