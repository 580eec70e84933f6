package dev.temper.platform.dataset;

import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.data.row.Turn;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a row lies in a version's file: in columns that anyone's tools can read, with what has no column of its own as JSON
 * text. {@code row_number} counts from 1; {@code content_hash} is of what the row says, wherever it came from.
 */
final class RowColumns {
    private static final String TURN = "STRUCT(role VARCHAR, content VARCHAR, more VARCHAR)";

    /** The columns for DuckDB, in the file's order. */
    static final String TYPES = """
            {row_number: 'BIGINT', kind: 'VARCHAR', messages: '%1$s[]', text: 'VARCHAR', chosen: '%1$s',
             rejected: '%1$s', label: 'BOOLEAN', weight: 'DOUBLE', tools: 'VARCHAR', extra: 'VARCHAR', file: 'VARCHAR',
             within: 'VARCHAR', line: 'BIGINT', turns: 'INTEGER', characters: 'BIGINT', content_hash: 'VARCHAR'}
            """.formatted(TURN);

    /** The row put together again, in the form {@link #row} reads. */
    static final String STORED = """
            to_json({messages: messages, text: text, chosen: chosen, rejected: rejected, label: label, weight: weight,
                     tools: tools, extra: extra, file: file, within: within, line: line})
            """;

    /** All words of a row, for searching. */
    static final String WORDS = """
            concat_ws(' ', array_to_string(list_transform(messages, lambda m: m.content), ' '), text,
                      chosen.content, rejected.content, extra)
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RowColumns() {}

    /** One line of what DuckDB makes the file from, in UTF-8 and ended. */
    static byte[] line(long number, Row row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeNumberProperty("row_number", number);
            out.writeStringProperty("kind", row.kind().id());
            out.writeArrayPropertyStart("messages");
            row.turns().forEach(turn -> write(turn, out));
            out.writeEndArray();
            if (row.text() != null) {
                out.writeStringProperty("text", row.text());
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
            out.writeNumberProperty("weight", row.weight());
            if (row.tools() != null) {
                out.writeStringProperty("tools", JSON.writeValueAsString(row.tools()));
            }
            if (!row.extra().isEmpty()) {
                out.writeStringProperty("extra", object(row.extra()));
            }
            out.writeStringProperty("file", row.place().file());
            if (row.place().within() != null) {
                out.writeStringProperty("within", row.place().within());
            }
            out.writeNumberProperty("line", row.place().line());
            out.writeNumberProperty("turns", row.turns().size());
            out.writeNumberProperty("characters", characters(row));
            out.writeStringProperty("content_hash", contentHash(row));
            out.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void write(Turn turn, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("role", turn.speaker().id());
        out.writeStringProperty("content", turn.text());
        if (!turn.more().isEmpty()) {
            out.writeStringProperty("more", object(turn.more()));
        }
        out.writeEndObject();
    }

    /** A row out of what {@link #STORED} selects. */
    static Row row(String stored) {
        JsonNode node = JSON.readTree(stored);
        ObjectNode canonical = NODES.objectNode();
        if (node.path("text").isString()) {
            canonical.set("text", node.path("text"));
        } else {
            ArrayNode messages = canonical.putArray("messages");
            node.path("messages").forEach(turn -> messages.add(turn(turn)));
        }
        if (node.path("chosen").isObject()) {
            canonical.set("chosen", turn(node.path("chosen")));
            canonical.set("rejected", turn(node.path("rejected")));
        }
        if (node.path("label").isBoolean()) {
            canonical.set("label", node.path("label"));
        }
        canonical.set("weight", node.path("weight"));
        if (node.path("tools").isString()) {
            canonical.set("tools", JSON.readTree(node.path("tools").stringValue()));
        }
        ObjectNode meta = canonical.putObject("meta");
        meta.set("file", node.path("file"));
        meta.set("within", node.path("within"));
        meta.set("line", node.path("line"));
        if (node.path("extra").isString()) {
            meta.set("extra", JSON.readTree(node.path("extra").stringValue()));
        }
        return CanonicalJson.row(canonical);
    }

    /** Of what a row says, not of where it came from. */
    static String contentHash(Row row) {
        Row nowhere = new Row(
                row.turns(),
                row.text(),
                row.chosen(),
                row.rejected(),
                row.label(),
                row.weight(),
                row.tools(),
                row.extra(),
                Place.of("", 0));
        byte[] hash = sha256().digest(CanonicalJson.bytes(nowhere));
        return HexFormat.of().formatHex(hash, 0, 16);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static long characters(Row row) {
        long[] sum = {0};
        RowText.each(row, text -> sum[0] += text.codePointCount(0, text.length()));
        return sum[0];
    }

    private static ObjectNode turn(JsonNode stored) {
        ObjectNode turn = NODES.objectNode();
        turn.set("role", stored.path("role"));
        turn.set("content", stored.path("content"));
        if (stored.path("more").isString()) {
            JSON.readTree(stored.path("more").stringValue())
                    .properties()
                    .forEach(field -> turn.set(field.getKey(), field.getValue()));
        }
        return turn;
    }

    private static String object(Map<String, JsonNode> fields) {
        ObjectNode node = NODES.objectNode();
        new TreeMap<>(fields).forEach(node::set);
        return JSON.writeValueAsString(node);
    }
}
