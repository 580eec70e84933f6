package dev.temper.contract;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A {@link RunSpec} as JSON: short when read, every value spelled out when written. */
public final class RunSpecJson {
    private static final List<String> METHODS = List.of("full", "lora", "partial", "ia3");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private RunSpecJson() {}

    /** Reads a spec, its gaps filled from {@link Defaults}. All unknown, missing and mistyped keys are told at once. */
    public static RunSpec read(String json) {
        try {
            return bind(MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw CodedException.user(
                            "spec_not_json",
                            "The spec is not JSON: " + e.getOriginalMessage() + where(e),
                            "Correct the file there.")
                    .because(e);
        }
    }

    /** The same from a tree, which another reader may have made. */
    public static RunSpec bind(JsonNode given) {
        if (!given.isObject()) {
            throw CodedException.user("spec_not_json", "The spec is not a JSON object.", "Begin it with a brace.");
        }
        JsonNode type = given.path("method").path("type");
        String method = type.asString("lora");
        if (!type.isMissingNode() && !METHODS.contains(method)) {
            throw Check.invalid("method.type", type.toString(), "one of " + String.join(", ", METHODS));
        }
        SpecTree tree = new SpecTree();
        JsonNode merged = tree.over(MAPPER.valueToTree(Defaults.template(method)), given, "");
        if (!tree.problems().isEmpty()) {
            throw SpecProblem.all(tree.problems());
        }
        try {
            return MAPPER.treeToValue(merged, RunSpec.class);
        } catch (DatabindException e) {
            throw coded(e);
        }
    }

    /** The spec of a job that comes after a run, with all of its values: see {@link ExportSpec}. The run's gaps are filled. */
    public static <T> T whole(JsonNode given, Class<T> type) {
        try {
            JsonNode filled = given.deepCopy();
            if (filled instanceof ObjectNode spec && spec.get("run") instanceof ObjectNode run) {
                spec.set("run", MAPPER.valueToTree(bind(run)));
            }
            return MAPPER.treeToValue(filled, type);
        } catch (DatabindException e) {
            throw coded(e);
        }
    }

    /** As {@link #whole} reads it. */
    public static String writeWhole(Object spec) {
        return MAPPER.writeValueAsString(spec);
    }

    public static String write(RunSpec spec) {
        return MAPPER.writeValueAsString(spec) + "\n";
    }

    /** An empty document to put keys into. */
    public static ObjectNode document() {
        return MAPPER.createObjectNode();
    }

    private static CodedException coded(DatabindException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodedException coded) {
                return coded;
            }
        }
        String key = e.getPathReference()
                .replaceAll("[\\w.$]+\\[\"", ".")
                .replaceAll("\"]|->", "")
                .replaceFirst("^\\.", "");
        if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
            return Check.invalid(key, format.getValue() + "", "one of " + names(format.getTargetType()));
        }
        return CodedException.user(
                        "spec_wrong_type",
                        "The value of " + key + " has the wrong type: " + e.getOriginalMessage(),
                        "Correct it.")
                .with("key", key)
                .because(e);
    }

    private static String names(Class<?> type) {
        String all = MAPPER.writeValueAsString(List.of(type.getEnumConstants()));
        return all.replaceAll("[\\[\\]\"\\s]+", " ").strip().replace(" , ", ", ");
    }

    private static String where(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
