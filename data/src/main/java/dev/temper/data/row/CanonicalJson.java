package dev.temper.data.row;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The canonical row as one JSON object, the same bytes for the same row, so that content can be addressed by its hash:
 * {@code messages} (each {@code role}, {@code content}, and what else the file said), or {@code text}; {@code chosen},
 * {@code rejected}, {@code label}, {@code weight}, {@code tools} only where they are set; {@code meta} with the source.
 */
public final class CanonicalJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CanonicalJson() {}

    public static String write(Row row) {
        return new String(bytes(row), StandardCharsets.UTF_8);
    }

    /** The same in UTF-8, without making nodes of it first: every row of every file comes through here. */
    public static byte[] bytes(Row row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            write(row, out);
        }
        return bytes.toByteArray();
    }

    private static void write(Row row, JsonGenerator out) {
        out.writeStartObject();
        if (row.text() != null) {
            out.writeStringProperty("text", row.text());
        } else {
            out.writeArrayPropertyStart("messages");
            row.turns().forEach(turn -> write(turn, out));
            out.writeEndArray();
        }
        if (row.chosen() != null && row.rejected() != null) {
            out.writeName("chosen");
            write(row.chosen(), out);
            out.writeName("rejected");
            write(row.rejected(), out);
        }
        if (row.label() != null) {
            out.writeBooleanProperty("label", row.label());
        }
        if (row.weight() != 1) {
            out.writeNumberProperty("weight", row.weight());
        }
        if (row.tools() != null) {
            out.writePOJOProperty("tools", row.tools());
        }
        out.writeObjectPropertyStart("meta");
        out.writeStringProperty("file", row.place().file());
        if (row.place().within() != null) {
            out.writeStringProperty("within", row.place().within());
        }
        out.writeNumberProperty("line", row.place().line());
        if (!row.extra().isEmpty()) {
            out.writeObjectPropertyStart("extra");
            new TreeMap<>(row.extra()).forEach(out::writePOJOProperty);
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void write(Turn turn, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("role", turn.speaker().id());
        out.writeStringProperty("content", turn.text());
        if (!turn.more().isEmpty()) {
            new TreeMap<>(turn.more()).forEach(out::writePOJOProperty);
        }
        out.writeEndObject();
    }

    public static Row read(String json) {
        return row(JSON.readTree(json));
    }

    public static ObjectNode node(Row row) {
        ObjectNode node = NODES.objectNode();
        if (row.text() != null) {
            node.put("text", row.text());
        } else {
            ArrayNode messages = node.putArray("messages");
            row.turns().forEach(turn -> messages.add(node(turn)));
        }
        if (row.chosen() != null && row.rejected() != null) {
            node.set("chosen", node(row.chosen()));
            node.set("rejected", node(row.rejected()));
        }
        if (row.label() != null) {
            node.put("label", row.label());
        }
        if (row.weight() != 1) {
            node.put("weight", row.weight());
        }
        if (row.tools() != null) {
            node.set("tools", row.tools());
        }
        ObjectNode meta = node.putObject("meta");
        meta.put("file", row.place().file());
        if (row.place().within() != null) {
            meta.put("within", row.place().within());
        }
        meta.put("line", row.place().line());
        if (!row.extra().isEmpty()) {
            ObjectNode extra = meta.putObject("extra");
            new TreeMap<>(row.extra()).forEach(extra::set);
        }
        return node;
    }

    public static Row row(JsonNode node) {
        List<Turn> turns = new ArrayList<>();
        node.path("messages").forEach(message -> turns.add(turn(message)));
        JsonNode meta = node.path("meta");
        Place place = new Place(
                meta.path("file").asString(""),
                text(meta.path("within")),
                meta.path("line").asLong(0),
                null);
        return new Row(
                turns,
                text(node.path("text")),
                node.has("chosen") ? turn(node.path("chosen")) : null,
                node.has("rejected") ? turn(node.path("rejected")) : null,
                node.has("label") ? (Boolean) node.path("label").asBoolean() : null,
                node.path("weight").asDouble(1),
                node.has("tools") ? node.path("tools") : null,
                fields(meta.path("extra")),
                place);
    }

    private static ObjectNode node(Turn turn) {
        ObjectNode node = NODES.objectNode();
        node.put("role", turn.speaker().id());
        node.put("content", turn.text());
        new TreeMap<>(turn.more()).forEach(node::set);
        return node;
    }

    private static Turn turn(JsonNode node) {
        String role = node.path("role").asString("");
        Speaker speaker = Speaker.of(role).orElseThrow(() -> new IllegalArgumentException("the role " + role));
        Map<String, JsonNode> more = fields(node);
        more.remove("role");
        more.remove("content");
        return new Turn(speaker, node.path("content").asString(""), more);
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }
}
