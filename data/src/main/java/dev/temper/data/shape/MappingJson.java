package dev.temper.data.shape;

import dev.temper.contract.CodedException;
import dev.temper.data.read.FileFormat;
import dev.temper.data.read.ReadSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A mapping as JSON: {@code {"shape", "fields": {field: template}, "keep": [column], "read": {"format", "encoding",
 * "delimiter", "header", "path", "sheets"}}}. Read strictly: what is not known is refused with its place, because a slip of
 * the pen would else be rows that look right and are not.
 */
public final class MappingJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private MappingJson() {}

    public static String write(Mapping mapping) {
        return JSON.writeValueAsString(node(mapping));
    }

    public static ObjectNode node(Mapping mapping) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("shape", mapping.shape().id());
        if (!mapping.fields().isEmpty()) {
            ObjectNode fields = node.putObject("fields");
            mapping.fields().forEach((field, template) -> fields.put(field, template.text()));
        }
        if (mapping.keep() != null) {
            mapping.keep().forEach(node.putArray("keep")::add);
        }
        ReadSettings reading = mapping.reading();
        if (!reading.equals(ReadSettings.AUTOMATIC)) {
            write(reading, node.putObject("read"));
        }
        return node;
    }

    private static void write(ReadSettings reading, ObjectNode node) {
        if (reading.format() != null) {
            node.put("format", reading.format().id());
        }
        if (reading.encoding() != null) {
            node.put("encoding", reading.encoding());
        }
        if (reading.delimiter() != null) {
            node.put("delimiter", reading.delimiter().toString());
        }
        if (reading.header() != null) {
            node.put("header", reading.header());
        }
        if (reading.path() != null) {
            node.put("path", reading.path());
        }
        if (!reading.sheets().isEmpty()) {
            reading.sheets().forEach(node.putArray("sheets")::add);
        }
    }

    /** Fails with {@code mapping_invalid} and the JSON pointer of what is wrong. */
    public static Mapping read(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (JacksonException broken) {
            throw invalid("", "json", "it is not valid JSON").because(broken);
        }
    }

    public static Mapping read(JsonNode node) {
        known(node, "", Set.of("shape", "fields", "keep", "read"));
        String id = text(node, "", "shape");
        if (id == null) {
            throw invalid("/shape", "shape_missing", "it is missing");
        }
        Shape shape = Shape.of(id).orElseThrow(() -> invalid("/shape", "shape_unknown", "there is no shape " + id));
        Map<String, Template> fields = new LinkedHashMap<>();
        known(node.path("fields"), "/fields", Set.copyOf(shape.fields()));
        for (Map.Entry<String, JsonNode> field : node.path("fields").properties()) {
            String template = text(node.path("fields"), "/fields", field.getKey());
            fields.put(field.getKey(), new Template(template == null ? "" : template));
        }
        List<String> keep = node.has("keep") ? texts(node.path("keep"), "/keep") : null;
        if (shape == Shape.COLUMNS && !isComplete(fields)) {
            throw invalid(
                    "/fields", "fields_missing", "it needs user and assistant, or user, chosen and rejected, or text");
        }
        return new Mapping(shape, fields, keep, reading(node.path("read")));
    }

    private static boolean isComplete(Map<String, Template> fields) {
        boolean asked = fields.containsKey("user");
        return fields.containsKey("text")
                || (asked && fields.containsKey("assistant"))
                || (asked && fields.containsKey("chosen") && fields.containsKey("rejected"));
    }

    private static ReadSettings reading(JsonNode node) {
        if (node.isMissingNode()) {
            return ReadSettings.AUTOMATIC;
        }
        known(node, "/read", Set.of("format", "encoding", "delimiter", "header", "path", "sheets"));
        String format = text(node, "/read", "format");
        String delimiter = text(node, "/read", "delimiter");
        if (delimiter != null && delimiter.length() != 1) {
            throw invalid("/read/delimiter", "character", "it must be one character");
        }
        if (node.has("header") && !node.path("header").isBoolean()) {
            throw invalid("/read/header", "flag", "it must be true or false");
        }
        return new ReadSettings(
                format == null
                        ? null
                        : FileFormat.of(format)
                                .orElseThrow(() -> invalid("/read/format", "format", "there is no format " + format)),
                text(node, "/read", "encoding"),
                delimiter == null ? null : (Character) delimiter.charAt(0),
                node.has("header") ? (Boolean) node.path("header").booleanValue() : null,
                text(node, "/read", "path"),
                node.has("sheets") ? texts(node.path("sheets"), "/read/sheets") : List.of());
    }

    private static void known(JsonNode node, String pointer, Set<String> names) {
        if (node.isMissingNode()) {
            return;
        }
        if (!node.isObject()) {
            throw invalid(pointer, "object", "it must be an object");
        }
        for (String name : node.propertyNames()) {
            if (!names.contains(name)) {
                throw invalid(pointer + "/" + name, "unknown", "there is no such field");
            }
        }
    }

    private static @Nullable String text(JsonNode node, String pointer, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isString()) {
            throw invalid(pointer + "/" + name, "text", "it must be text");
        }
        return value.stringValue();
    }

    private static List<String> texts(JsonNode list, String pointer) {
        List<String> texts = new ArrayList<>();
        if (!list.isArray()) {
            throw invalid(pointer, "list", "it must be a list");
        }
        for (JsonNode element : list) {
            if (!element.isString()) {
                throw invalid(pointer + "/" + texts.size(), "text", "it must be text");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    /**
     * The failure.
     *
     * @param variant which of the things that can be wrong, for words in other languages
     */
    private static CodedException invalid(String pointer, String variant, String reason) {
        return CodedException.user(
                        "mapping_invalid",
                        "The mapping is wrong at " + (pointer.isEmpty() ? "/" : pointer) + ": " + reason,
                        "Correct it there.")
                .with("pointer", pointer)
                .with("variant", variant)
                .with("reason", reason);
    }
}
