package dev.temper.web.dataset;

import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.Turn;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A row as fields to type into: a text for each turn; or whole, as JSON, where its turns themselves shall change. */
record RowForm(List<Field> fields, String json) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * One text.
     *
     * @param name of the input
     * @param label a message
     */
    record Field(String name, String label, String text, int lines) {
        static Field of(String name, String label, String text) {
            long lines = text.lines().count() + text.length() / 100;
            return new Field(name, label, text, Math.clamp(lines + 1, 2, 16));
        }
    }

    static RowForm of(Row row) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < row.turns().size(); i++) {
            Turn turn = row.turns().get(i);
            fields.add(Field.of("turn" + i, "dataset.role." + turn.speaker().id(), turn.text()));
        }
        if (row.text() != null) {
            fields.add(Field.of("text", "dataset.text", row.text()));
        }
        if (row.chosen() != null && row.rejected() != null) {
            fields.add(Field.of("chosen", "dataset.chosen", row.chosen().text()));
            fields.add(Field.of("rejected", "dataset.rejected", row.rejected().text()));
        }
        return new RowForm(fields, JSON.writeValueAsString(CanonicalJson.node(row)));
    }

    /** What an empty form for a new row asks for. */
    static RowForm empty() {
        return new RowForm(
                List.of(
                        Field.of("system", "dataset.role.system", ""),
                        Field.of("user", "dataset.role.user", ""),
                        Field.of("assistant", "dataset.role.assistant", "")),
                "");
    }

    /** The form with what was typed in the place of what it had. */
    RowForm typed(Map<String, String> typed) {
        return new RowForm(
                fields.stream()
                        .map(field ->
                                Field.of(field.name(), field.label(), typed.getOrDefault(field.name(), field.text())))
                        .toList(),
                typed.getOrDefault("json", json));
    }

    /** The row with the texts that were typed. */
    static Row changed(Row row, Map<String, String> typed) {
        String json = typed.get("json");
        if (json != null) {
            return parsed(json).at(row.place());
        }
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < row.turns().size(); i++) {
            Turn turn = row.turns().get(i);
            turns.add(turn.saying(text(typed, "turn" + i, turn.text())));
        }
        Row changed = row.withTurns(turns);
        if (row.text() != null) {
            changed = changed.withText(text(typed, "text", row.text()));
        }
        if (row.chosen() != null && row.rejected() != null) {
            changed = changed.withAnswers(
                    row.chosen().saying(text(typed, "chosen", row.chosen().text())),
                    row.rejected().saying(text(typed, "rejected", row.rejected().text())));
        }
        return changed;
    }

    /** A new row of what was typed. */
    static Row made(Map<String, String> typed) {
        List<Turn> turns = new ArrayList<>();
        String system = text(typed, "system", "").strip();
        String user = text(typed, "user", "").strip();
        String assistant = text(typed, "assistant", "").strip();
        if (user.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/user");
        }
        if (assistant.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/assistant");
        }
        if (!system.isEmpty()) {
            turns.add(Turn.system(system));
        }
        turns.add(Turn.user(user));
        turns.add(Turn.assistant(assistant));
        return Row.conversation(Place.of("", 0), turns);
    }

    private static Row parsed(String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return CanonicalJson.row(object);
            }
        } catch (JacksonException | IllegalArgumentException misshapen) {
            throw form().because(misshapen);
        }
        throw form();
    }

    private static Problem form() {
        return ErrorCode.FIELD_NOT_IN_FORM
                .at("/json")
                .with("form", "{\"messages\": [{\"role\": \"user\", \"content\": \"…\"}, …]}");
    }

    /** Browsers end lines of a textarea with two characters. */
    private static String text(Map<String, String> typed, String name, String otherwise) {
        @Nullable String text = typed.get(name);
        return text == null ? otherwise : text.replace("\r\n", "\n");
    }
}
