package dev.temper.web.task;

import dev.temper.platform.advisor.Advice;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskRequest.Ingredient;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A new task as it is typed: texts by the names of fields, which a draft keeps as they are. A field that is not there has the
 * advised value. {@code data} has dataset versions with their weights, {@code others} the settings that have no field, as JSON.
 */
record TaskForm(Map<String, String> values) {
    static final String OTHERS = "others";
    private static final String DATA = "data";
    private static final JsonMapper JSON = JsonMapper.shared();

    TaskForm {
        values = Map.copyOf(values);
    }

    /** The task that was asked for, as a form. */
    static TaskForm of(String asked) {
        JsonNode body = JSON.readTree(asked);
        Map<String, String> values = new HashMap<>(ofSettings(body.path("settings")).values);
        values.put("name", body.path("name").asString(""));
        values.put("model", body.path("model").asString(""));
        values.put("pool", body.path("pool").asString(""));
        values.put("devices", body.path("devices").asString("1"));
        values.put(
                DATA,
                body.path("data")
                        .valueStream()
                        .map(one -> one.path("version").asString("") + ":"
                                + one.path("weight").asString("1"))
                        .collect(Collectors.joining(",")));
        return new TaskForm(values);
    }

    /** Settings of a run spec as a form; what has no field is kept beside. */
    static TaskForm ofSettings(JsonNode settings) {
        Map<String, String> values = new HashMap<>();
        JsonNode others = settings.isObject() ? settings.deepCopy() : JSON.createObjectNode();
        take(others, "/stage").ifPresentPut(values, "stage");
        take(others, "/method/type").ifPresentPut(values, "method");
        String method = values.getOrDefault("method", "lora");
        for (Field field : Field.of(method)) {
            take(others, field.pointer()).ifPresentPut(values, field.id);
        }
        prune((ObjectNode) others);
        if (!others.isEmpty()) {
            values.put(OTHERS, others.toString());
        }
        return new TaskForm(values);
    }

    private record Found(String text) {
        void ifPresentPut(Map<String, String> values, String key) {
            if (!text.isEmpty()) {
                values.put(key, text);
            }
        }
    }

    private static Found take(JsonNode from, String pointer) {
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = from.at(pointer.substring(0, slash));
        JsonNode value = from.at(pointer);
        if (parent instanceof ObjectNode object && lines(value)) {
            object.remove(pointer.substring(slash + 1));
            return new Found(value.valueStream().map(line -> line.asString("")).collect(Collectors.joining("\n")));
        }
        if (parent instanceof ObjectNode object && value.isValueNode() && !value.isNull()) {
            object.remove(pointer.substring(slash + 1));
            return new Found(value.isNumber() ? Figures.typed(value.decimalValue()) : value.asString(""));
        }
        return new Found("");
    }

    /** Whether it is a list that can be typed, one a line. */
    private static boolean lines(JsonNode value) {
        return value.isArray()
                && value.valueStream()
                        .allMatch(line ->
                                line.isString() && line.asString("").lines().count() == 1);
    }

    private static void prune(ObjectNode object) {
        for (String key : List.copyOf(object.propertyNames())) {
            if (object.get(key) instanceof ObjectNode inner) {
                prune(inner);
                if (inner.isEmpty()) {
                    object.remove(key);
                }
            }
        }
    }

    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    public String name() {
        return get("name");
    }

    public String model() {
        return get("model");
    }

    public String pool() {
        return get("pool");
    }

    public String devices() {
        return values.getOrDefault("devices", "1");
    }

    public String stage() {
        return values.getOrDefault("stage", "sft");
    }

    public String method() {
        return values.getOrDefault("method", "lora");
    }

    /** The chosen dataset versions with their weights, in order. */
    public Map<UUID, String> data() {
        Map<UUID, String> data = new LinkedHashMap<>();
        for (String one : get(DATA).split(",", -1)) {
            String[] parts = one.split(":", 2);
            if (parts[0].matches("[0-9a-f-]{36}")) {
                data.put(UUID.fromString(parts[0]), parts.length < 2 ? "1" : parts[1]);
            }
        }
        return data;
    }

    TaskForm with(String name, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(name, value);
        return new TaskForm(changed);
    }

    TaskForm without(Collection<String> names) {
        Map<String, String> changed = new HashMap<>(values);
        names.forEach(changed::remove);
        return new TaskForm(changed);
    }

    TaskForm with(Map<String, String> more) {
        Map<String, String> changed = new HashMap<>(values);
        changed.putAll(more);
        return new TaskForm(changed);
    }

    /** Fields that nobody typed into get the advised value, as far as there is one. */
    TaskForm advised(List<Advice> advice) {
        Map<String, String> filled = new HashMap<>(values);
        for (Advice one : advice) {
            Field.at(one.setting())
                    .filter(field -> field.goesWith(method()))
                    .ifPresent(field -> filled.putIfAbsent(field.id, Figures.typed(one.value())));
        }
        return new TaskForm(filled);
    }

    /** Fails with the field that is not filled or no number. */
    TaskRequest request() {
        List<Ingredient> data = new ArrayList<>();
        data().forEach((version, weight) -> data.add(new Ingredient(
                version, number("data", weight.isBlank() ? "1" : weight).doubleValue())));
        return new TaskRequest(
                name().isBlank() ? "–" : name(),
                model(),
                data,
                settings().toString(),
                pool(),
                whole("devices", devices()),
                null,
                JobRequest.DEFAULT_PRIORITY);
    }

    /** The rest of a run spec. */
    ObjectNode settings() {
        ObjectNode settings = others();
        settings.put("stage", stage());
        settings.withObject("/method").put("type", method());
        for (Field field : Field.of(method())) {
            String typed = get(field.id).strip();
            if (!typed.isEmpty()) {
                put(settings, field, typed);
            }
        }
        boolean measures = settings.at(Field.HELD_OUT.pointer()).asDouble(0) > 0;
        boolean stops = settings.at(Field.PATIENCE.pointer()).asInt(0) > 0;
        ObjectNode evaluation = settings.withObject("/evaluation");
        if (measures && !evaluation.has("interval")) {
            evaluation.put("interval", "epoch");
        }
        if (measures && stops && !evaluation.has("loadBestModelAtEnd")) {
            evaluation.put("loadBestModelAtEnd", true);
        }
        prune(settings);
        return settings;
    }

    private ObjectNode others() {
        return get(OTHERS).isEmpty()
                ? JSON.createObjectNode()
                : (ObjectNode) JSON.readTree(get(OTHERS)).deepCopy();
    }

    private static void put(ObjectNode settings, Field field, String typed) {
        int dot = field.path.indexOf('.');
        ObjectNode of = dot < 0 ? settings : settings.withObject("/" + field.path.substring(0, dot));
        String key = field.path.substring(dot + 1);
        switch (field.kind) {
            case WHOLE -> of.put(key, whole(field.id, typed));
            case NUMBER -> of.put(key, number(field.id, typed));
            case WORD, CHOICE -> of.put(key, typed);
            case LINES -> {
                ArrayNode list = of.putArray(key);
                typed.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(list::add);
            }
        }
    }

    static int whole(String field, String text) {
        try {
            return number(field, text).intValueExact();
        } catch (ArithmeticException e) {
            throw wrong(field);
        }
    }

    /** {@code 1e-4}, {@code 0.0001} and their full-width forms. */
    static BigDecimal number(String field, String text) {
        String bare = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        if (!bare.matches("[+-]?(\\d{1,30}\\.?\\d{0,30}|\\.\\d{1,30})([eE][+-]?\\d{1,3})?")) {
            throw wrong(field);
        }
        return new BigDecimal(bare);
    }

    private static RuntimeException wrong(String field) {
        return ErrorCode.FIELD_WRONG_TYPE.at("/" + field).with("expected", "number");
    }

    /** What differs between this and another, by field. */
    Map<String, String> differing(TaskForm other) {
        Map<String, String> differing = new TreeMap<>();
        values.forEach((name, value) -> {
            if (!value.equals(other.get(name))) {
                differing.put(name, value);
            }
        });
        other.values.forEach((name, _) -> {
            if (!values.containsKey(name) && !other.get(name).isEmpty()) {
                differing.put(name, "");
            }
        });
        return differing;
    }
}
