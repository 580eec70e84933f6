package dev.temper.data.shape;

import dev.temper.data.row.Row;
import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/** The shapes that tables have: text, templates over any columns, question banks. */
final class ColumnShapes {
    private static final List<String> LETTERS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    private ColumnShapes() {}

    static Row text(Fields fields) {
        String text = fields.required("text");
        return Row.text(fields.place(), text).withWeight(fields.weight()).withExtra(fields.rest());
    }

    static Row columns(Fields fields, Mapping mapping) {
        mapping.fields().values().forEach(template -> check(template, fields.record()));
        fields.use(mapping.fields().values().stream()
                .flatMap(template -> template.columns().stream())
                .toList());
        if (mapping.fields().containsKey("text")) {
            return text(fields);
        }
        List<Turn> turns = new ArrayList<>();
        filled(fields, mapping, "system").ifPresent(system -> turns.add(Turn.system(system)));
        turns.add(Turn.user(needed(fields, mapping, "user")));
        if (mapping.fields().containsKey("chosen")) {
            Turn better = Turn.assistant(needed(fields, mapping, "chosen"));
            return Conversation.preference(
                    fields, turns, better, Turn.assistant(needed(fields, mapping, "rejected")), null);
        }
        turns.add(Turn.assistant(needed(fields, mapping, "assistant")));
        Boolean label = mapping.fields().containsKey("label") ? fields.label("label") : null;
        return Conversation.row(fields, turns, label, null);
    }

    /** A template that names a column the row does not have is a slip of the mapping, not an empty cell. */
    private static void check(Template template, JsonNode record) {
        List<String> columns = template.columns();
        if (!columns.isEmpty() && columns.stream().noneMatch(record::has)) {
            throw Unfit.at(columns.getFirst(), ShapeCode.COLUMN_MISSING);
        }
    }

    private static String needed(Fields fields, Mapping mapping, String field) {
        return filled(fields, mapping, field).orElseThrow(() -> {
            Template template = mapping.fields().get(field);
            String column = template == null || template.columns().isEmpty()
                    ? field
                    : template.columns().getFirst();
            return Unfit.at(column, ShapeCode.TEXT_EMPTY);
        });
    }

    /** By the template, so that numbers may stand where text is wanted: somebody chose these columns. */
    private static Optional<String> filled(Fields fields, Mapping mapping, String field) {
        Template template = mapping.fields().get(field);
        String text = template == null ? "" : template.fill(fields.record());
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static Row questionBank(Fields fields) {
        String stem = fields.required("question").strip();
        SequencedMap<String, String> options = options(fields);
        String answer = fields.required("answer").strip();
        String explanation = fields.text("explanation").map(String::strip).orElse(null);
        return Conversation.row(fields, new Question(stem, options, answer, explanation).turns(), null, null);
    }

    private static SequencedMap<String, String> options(Fields fields) {
        SequencedMap<String, String> options = new LinkedHashMap<>();
        for (String letter : LETTERS) {
            fields.text(letter).ifPresent(text -> options.put(letter.toUpperCase(Locale.ROOT), text.strip()));
        }
        JsonNode list = fields.node("options");
        if (list.isArray()) {
            for (int i = 0; i < list.size() && i < LETTERS.size(); i++) {
                String letter = LETTERS.get(i).toUpperCase(Locale.ROOT);
                SequencedMap<String, String> marked = Options.in(list.get(i).asString(""));
                options.put(letter, marked.getOrDefault(letter, list.get(i).asString("")));
            }
        } else if (list.isObject()) {
            list.properties()
                    .forEach(option -> options.put(
                            option.getKey().toUpperCase(Locale.ROOT),
                            option.getValue().asString("")));
        } else {
            fields.text("options")
                    .ifPresent(text ->
                            options.putAll(Options.in(text.replace('\n', ' ').strip())));
        }
        return options;
    }
}
