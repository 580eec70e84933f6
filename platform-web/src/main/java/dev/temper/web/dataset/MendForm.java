package dev.temper.web.dataset;

import dev.temper.platform.dataset.LeftOutRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row that was left out, as fields to mend: one for each column that it had, and for the one that it lacked; a single
 * text where it could not be read as columns.
 */
record MendForm(List<Field> fields) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String META = "meta";

    /**
     * One column.
     *
     * @param input its name in the form
     * @param column null for the text as a whole
     * @param structure whether it is a list or an object, typed as JSON
     * @param wrong whether it is what the row was left out for
     */
    record Field(String input, @Nullable String column, String text, boolean structure, boolean wrong, int lines) {}

    static MendForm of(LeftOutRow row) {
        JsonNode content = JSON.readTree(row.content());
        if (!(content instanceof ObjectNode columns)) {
            String text = content.isString() ? content.stringValue() : JSON.writeValueAsString(content);
            return new MendForm(List.of(field("value0", null, text, false, true)));
        }
        List<Field> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> column : columns.properties()) {
            if (!column.getKey().equals(META)) {
                JsonNode value = column.getValue();
                fields.add(field(
                        "value" + fields.size(),
                        column.getKey(),
                        value.isContainer() ? JSON.writeValueAsString(value) : value.isNull() ? "" : value.asString(""),
                        value.isContainer(),
                        column.getKey().equals(row.column())));
            }
        }
        String lacking = row.column();
        if (lacking != null && !columns.has(lacking)) {
            fields.add(field("value" + fields.size(), lacking, "", false, true));
        }
        return new MendForm(fields);
    }

    private static Field field(String input, @Nullable String column, String text, boolean structure, boolean wrong) {
        long lines = text.lines().count() + text.length() / 100;
        return new Field(input, column, text, structure, wrong, Math.clamp(lines, 1, 14));
    }

    /** The form with what was typed in the place of what it had. */
    MendForm typed(Map<String, String> typed) {
        return new MendForm(fields.stream()
                .map(field -> field(
                        field.input(),
                        field.column(),
                        typed.getOrDefault(field.input(), field.text()),
                        field.structure(),
                        field.wrong()))
                .toList());
    }

    /**
     * The record as it was mended. A value that nobody touched stays what it was, but for the one that was wrong: 7 where a
     * text is wanted becomes the text.
     */
    static JsonNode content(LeftOutRow row, Map<String, String> typed) {
        JsonNode content = JSON.readTree(row.content());
        MendForm form = of(row);
        if (!(content instanceof ObjectNode columns)) {
            return NODES.stringNode(text(typed, form.fields().getFirst()));
        }
        ObjectNode mended = columns.deepCopy();
        for (Field field : form.fields()) {
            String text = text(typed, field);
            String column = String.valueOf(field.column());
            if (!text.equals(field.text()) || field.wrong()) {
                mended.set(column, field.structure() ? parsed(text) : NODES.stringNode(text));
            }
        }
        return mended;
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException noJson) {
            // The import says what is wrong with it better than a parser does.
            return NODES.stringNode(text);
        }
    }

    private static String text(Map<String, String> typed, Field field) {
        return typed.getOrDefault(field.input(), field.text()).replace("\r\n", "\n");
    }
}
