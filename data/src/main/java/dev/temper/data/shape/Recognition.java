package dev.temper.data.shape;

import dev.temper.data.read.DataFile;
import dev.temper.data.read.FileFormat;
import dev.temper.data.read.Item;
import dev.temper.data.read.Records;
import dev.temper.data.row.StoredColumns;
import dev.temper.data.shape.Proposal.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Sees from the first records which shape they have; where none is known, proposes what the names and texts suggest. */
public final class Recognition {
    private static final int SAMPLE = 50;
    private static final double KNOWN = 1.0;
    private static final double NAMED = 0.95;
    private static final double LIKELY = 0.7;
    private static final double GUESSED = 0.4;

    private Recognition() {}

    /** Looks at the first records of a file. */
    public static Proposal of(DataFile file) throws IOException {
        List<JsonNode> sample = new ArrayList<>();
        try (Records records = file.open()) {
            for (Item item = records.next(); item != null && sample.size() < SAMPLE; item = records.next()) {
                if (item instanceof Item.Value value) {
                    sample.add(value.value());
                }
            }
            Proposal proposal = isProse(records, sample) ? prose(sample) : of(sample);
            return new Proposal(
                    proposal.mapping().reading(file.settings()),
                    proposal.confidence(),
                    proposal.why(),
                    proposal.columns());
        }
    }

    /** Looks at records. */
    public static Proposal of(List<JsonNode> sample) {
        List<String> columns = columns(sample);
        Set<String> names = Set.copyOf(columns);
        if (!sample.isEmpty() && sample.stream().allMatch(StoredColumns::hold)) {
            return new Proposal(Mapping.of(Shape.CANONICAL), KNOWN, Why.SHAPE_KNOWN, columns);
        }
        if (names.contains("meta") && sample.stream().allMatch(Recognition::isCanonical)) {
            return new Proposal(Mapping.of(Shape.CANONICAL), KNOWN, Why.SHAPE_KNOWN, columns);
        }
        if (names.contains("instruction") && (names.contains("output") || names.contains("chosen"))) {
            return new Proposal(Mapping.of(Shape.ALPACA), KNOWN, Why.SHAPE_KNOWN, columns);
        }
        if (names.contains("conversations")) {
            return new Proposal(Mapping.of(Shape.SHAREGPT), KNOWN, Why.SHAPE_KNOWN, columns);
        }
        if (names.contains("messages") || names.contains("preferred_output")) {
            return new Proposal(Mapping.of(Shape.MESSAGES), KNOWN, Why.SHAPE_KNOWN, columns);
        }
        if (names.contains("chosen") && names.contains("rejected")) {
            return new Proposal(Mapping.of(Shape.PREFERENCE), KNOWN, Why.SHAPE_KNOWN, columns);
        }
        if (names.containsAll(Set.of("prompt", "completion", "label"))) {
            return new Proposal(Mapping.of(Shape.JUDGED), KNOWN, Why.SHAPE_KNOWN, columns);
        }
        Map<String, Template> bank = ColumnNames.bank(columns);
        if (!bank.isEmpty()) {
            return new Proposal(Mapping.of(Shape.QUESTION_BANK).fields(bank), NAMED, Why.COLUMNS_NAMED, columns);
        }
        return table(sample, columns);
    }

    private static Proposal table(List<JsonNode> sample, List<String> columns) {
        Map<String, Template> spoken = ColumnNames.spoken(columns);
        Mapping mapping = Mapping.of(Shape.COLUMNS);
        if (spoken.containsKey("user") && spoken.containsKey("assistant")) {
            return new Proposal(mapping.fields(spoken), NAMED, Why.COLUMNS_NAMED, columns);
        }
        if (columns.contains("text") || columns.contains("content")) {
            String column = columns.contains("text") ? "text" : "content";
            return new Proposal(
                    Mapping.of(Shape.TEXT).fields(Map.of("text", Template.column(column))),
                    NAMED,
                    Why.COLUMNS_NAMED,
                    columns);
        }
        List<String> longest = columns.stream()
                .filter(column -> length(sample, column) > 0)
                .sorted(Comparator.comparingDouble((String column) -> length(sample, column))
                        .reversed())
                .limit(2)
                .toList();
        if (longest.size() == 2) {
            // People write the question left of the answer; the order says more than the lengths.
            List<String> ordered = columns.stream().filter(longest::contains).toList();
            Map<String, Template> fields = new LinkedHashMap<>();
            fields.put("user", Template.column(ordered.getFirst()));
            fields.put("assistant", Template.column(ordered.getLast()));
            fields.putAll(spoken);
            return new Proposal(
                    mapping.fields(fields),
                    spoken.isEmpty() ? GUESSED : LIKELY,
                    spoken.isEmpty() ? Why.LONGEST_TEXTS : Why.PARTLY_NAMED,
                    columns);
        }
        String only = longest.isEmpty() ? "text" : longest.getFirst();
        return new Proposal(
                Mapping.of(Shape.TEXT).fields(Map.of("text", Template.column(only))), GUESSED, Why.ONE_TEXT, columns);
    }

    private static Proposal prose(List<JsonNode> sample) {
        List<String> lines = sample.stream()
                .flatMap(record -> record.path("text").asString("").lines())
                .limit(500)
                .toList();
        long questions = lines.stream().filter(ExamText::startsQuestion).count();
        long options = lines.stream()
                .filter(line -> !Options.in(line.strip()).isEmpty())
                .count();
        long answers = lines.stream().filter(ExamText::tellsAnswer).count();
        boolean dense = questions >= 2 && questions * 20 >= lines.size();
        boolean keyed = lines.stream().anyMatch(AnswerKey::isHeading);
        boolean exam = dense && (keyed || 2 * Math.max(answers, options) >= questions);
        return new Proposal(
                Mapping.of(exam ? Shape.EXAM_TEXT : Shape.TEXT),
                exam ? NAMED : KNOWN,
                exam ? Why.EXAM_TEXT : Why.RUNNING_TEXT,
                List.of("text"));
    }

    /** Running text by itself, or packed into an archive. */
    private static boolean isProse(Records records, List<JsonNode> sample) {
        FileFormat format = records.detected().format();
        return format.isRunningText()
                || (format == FileFormat.ZIP && columns(sample).equals(List.of("text")));
    }

    private static boolean isCanonical(JsonNode record) {
        JsonNode meta = record.path("meta");
        return meta.has("file") && meta.has("line") && (record.has("messages") || record.has("text"));
    }

    private static List<String> columns(List<JsonNode> sample) {
        Set<String> columns = new LinkedHashSet<>();
        sample.forEach(record -> columns.addAll(record.propertyNames()));
        return List.copyOf(columns);
    }

    /** Characters of text a record has in a column, on average; 0 where it is numbers. */
    private static double length(List<JsonNode> sample, String column) {
        return sample.stream()
                .map(record -> record.path(column))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.matches("[-+0-9.,:/ ]*"))
                .mapToInt(String::length)
                .average()
                .orElse(0);
    }
}
