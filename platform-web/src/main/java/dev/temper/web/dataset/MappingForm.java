package dev.temper.web.dataset;

import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.data.shape.Shape;
import dev.temper.data.shape.Template;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A mapping as a form: what the rows are, and for each part of a row the column it comes from or a text that puts several
 * together.
 *
 * @param guess how sure the proposal is, in percent; null where the person chose another kind
 * @param why the message for what the proposal rests on; null where the person chose another kind
 * @param from what had the same columns before; empty where nothing had
 */
record MappingForm(
        Kind kind,
        List<Field> fields,
        List<String> columns,
        @Nullable Integer guess,
        @Nullable String why,
        String from) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    static final List<String> ENCODINGS = List.of("UTF-8", "GB18030", "Big5", "UTF-16", "Windows-1252");

    /** What rows can be, as people call it. */
    enum Kind {
        ANSWER(Shape.COLUMNS, "user", "assistant", "system"),
        PREFERENCE(Shape.COLUMNS, "user", "chosen", "rejected", "system"),
        QUESTION_BANK(Shape.QUESTION_BANK, "question", "options", "a", "b", "c", "d", "answer", "explanation"),
        TEXT(Shape.TEXT, "text"),
        EXAM_TEXT(Shape.EXAM_TEXT);

        private final Shape shape;

        @SuppressWarnings("ImmutableEnumChecker") // List.of never changes.
        private final List<String> fields;

        Kind(Shape shape, String... fields) {
            this.shape = shape;
            this.fields = List.of(fields);
        }

        static Kind of(Mapping mapping) {
            if (mapping.fields().containsKey("chosen")) {
                return PREFERENCE;
            }
            return Arrays.stream(values())
                    .filter(kind -> kind.shape == mapping.shape())
                    .findFirst()
                    .orElse(ANSWER);
        }

        static Kind of(@Nullable String id, Kind otherwise) {
            return Arrays.stream(values())
                    .filter(kind -> kind.id().equals(id))
                    .findFirst()
                    .orElse(otherwise);
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String label() {
            return "mapping.kind." + id();
        }
    }

    /**
     * A part of a row.
     *
     * @param column that fills it; empty where a template does or nothing
     * @param template that fills it; empty where a column does or nothing
     */
    record Field(String name, String column, String template) {
        public String label() {
            return "mapping.field." + name;
        }
    }

    /** What was proposed, or an empty form of the kind the person chose. */
    static MappingForm proposed(String proposal, @Nullable String chosen) {
        JsonNode node = JSON.readTree(proposal);
        Mapping mapping = MappingJson.read(node.path("mapping"));
        Kind guessed = Kind.of(mapping);
        Kind kind = Kind.of(chosen, guessed);
        List<String> columns = node.path("columns")
                .valueStream()
                .map(column -> column.asString(""))
                .toList();
        return new MappingForm(
                kind,
                kind.fields.stream()
                        .map(name -> field(name, mapping.fields().get(name), columns))
                        .toList(),
                columns,
                kind == guessed
                        ? (Integer) (int) Math.round(node.path("confidence").asDouble(0) * 100)
                        : null,
                kind == guessed ? "mapping.why." + node.path("why").asString("longest_texts") : null,
                node.path("from").asString(""));
    }

    private static Field field(String name, @Nullable Template template, List<String> columns) {
        if (template == null) {
            return new Field(name, "", "");
        }
        boolean plain = template.columns().size() == 1
                && template.equals(Template.column(template.columns().getFirst()))
                && columns.contains(template.columns().getFirst());
        return plain ? new Field(name, template.columns().getFirst(), "") : new Field(name, "", template.text());
    }

    /** What the form says as it was drawn. Fails with {@code mapping_invalid} while too little is chosen. */
    Mapping mapping() {
        Map<String, String> typed = new HashMap<>(Map.of("kind", kind.id()));
        fields.forEach(field -> {
            typed.put(field.name(), field.column());
            typed.put(field.name() + ".template", field.template());
        });
        return typed(typed);
    }

    /** The mapping that somebody typed. Fails with {@code mapping_invalid}. */
    static Mapping typed(Map<String, String> typed) {
        Kind kind = Kind.of(typed.get("kind"), Kind.ANSWER);
        ObjectNode node = JSON.createObjectNode().put("shape", kind.shape.id());
        ObjectNode fields = node.putObject("fields");
        for (String field : kind.fields) {
            String column = typed.getOrDefault(field, "");
            String template = typed.getOrDefault(field + ".template", "");
            if (!template.isBlank()) {
                fields.put(field, template);
            } else if (!column.isEmpty()) {
                fields.put(field, Template.column(column).text());
            }
        }
        ObjectNode read = node.putObject("read");
        String header = typed.getOrDefault("header", "");
        if (!header.isEmpty()) {
            read.put("header", header.equals("yes"));
        }
        for (String name : List.of("delimiter", "encoding")) {
            String value = typed.getOrDefault(name, "");
            if (!value.isEmpty()) {
                read.put(name, value.equals("tab") ? "\t" : value);
            }
        }
        String sheets = typed.getOrDefault("sheets", "").strip();
        if (!sheets.isEmpty()) {
            Arrays.stream(sheets.split("[,，]"))
                    .map(String::strip)
                    .filter(sheet -> !sheet.isEmpty())
                    .forEach(read.putArray("sheets")::add);
        }
        return MappingJson.read(node);
    }
}
