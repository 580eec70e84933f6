package dev.temper.platform.dataset;

import dev.temper.data.clean.LanguageDetector;
import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.data.row.StoredColumns;
import dev.temper.data.row.Turn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
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
             within: 'VARCHAR', line: 'BIGINT', turns: 'INTEGER', characters: 'BIGINT', content_hash: 'VARCHAR',
             language: 'VARCHAR', split: 'VARCHAR', problems: 'VARCHAR[]'}
            """.formatted(TURN);

    /** The same but for the row's number. */
    static final List<String> NAMES = List.of(
            "kind",
            "messages",
            "text",
            "chosen",
            "rejected",
            "label",
            "weight",
            "tools",
            "extra",
            "file",
            "within",
            "line",
            "turns",
            "characters",
            "content_hash",
            "language",
            "split",
            "problems");

    /** The column of a row's own in which a recipe's step writes what the row is for. */
    private static final String SPLIT = "split";

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

    /**
     * A row on its way into a file.
     *
     * @param json what DuckDB makes the file from, in UTF-8 and ended
     * @param address what the version's hash is made of
     */
    @SuppressWarnings("ArrayRecordComponent") // written at once and never compared
    record Line(byte[] json, byte[] address) {}

    static Line line(long number, Row row) {
        String hash = contentHash(row);
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
            out.writeStringProperty("content_hash", hash);
            LanguageDetector.of(RowText.all(row))
                    .ifPresent(language -> out.writeStringProperty("language", language.id()));
            JsonNode split = row.extra().get(SPLIT);
            if (split != null && split.isString()) {
                out.writeStringProperty(SPLIT, split.stringValue());
            }
            out.writeArrayPropertyStart("problems");
            Problems.of(row).forEach(out::writeString);
            out.writeEndArray();
            out.writeEndObject();
        }
        bytes.write('\n');
        Place place = row.place();
        return new Line(bytes.toByteArray(), address(hash, place.file(), place.within(), place.line()));
    }

    /** Of stored columns alone, so that the hash of a version is had without putting its rows together again. */
    static byte[] address(String contentHash, String file, @Nullable String within, long line) {
        return (contentHash + "\t" + file + "\t" + (within == null ? "" : within) + "\t" + line + "\n")
                .getBytes(StandardCharsets.UTF_8);
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
        return StoredColumns.row(JSON.readTree(stored));
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

    private static String object(Map<String, JsonNode> fields) {
        ObjectNode node = NODES.objectNode();
        new TreeMap<>(fields).forEach(node::set);
        return JSON.writeValueAsString(node);
    }
}
