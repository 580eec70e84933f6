package dev.temper.data.shape;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms in which rows come. Each knows the fields that a mapping may point at columns. */
public enum Shape {
    /** Our own rows, as exported: as JSON, or in the columns of a version's file. */
    CANONICAL(),
    /** {@code instruction, input, output, history, system}; with {@code chosen, rejected} or {@code kto_tag} too. */
    ALPACA("instruction", "input", "output", "history", "system", "chosen", "rejected", "kto_tag", "tools", "weight"),
    /** {@code conversations} of {@code from, value}. */
    SHAREGPT("conversations", "system", "tools", "chosen", "rejected", "kto_tag", "label", "weight"),
    /** {@code messages} of {@code role, content}, as OpenAI has them. */
    MESSAGES("messages", "tools", "label", "kto_tag", "chosen", "rejected", "weight"),
    /** {@code prompt, chosen, rejected}, each a text or a list of messages. */
    PREFERENCE("prompt", "chosen", "rejected", "system", "weight"),
    /** {@code prompt, completion, label}: one answer and whether it is wanted. */
    JUDGED("prompt", "completion", "label", "system", "weight"),
    /** {@code text} for continued pre-training. */
    TEXT("text", "weight"),
    /** Questions with options, one a row, in columns. */
    QUESTION_BANK("question", "options", "a", "b", "c", "d", "e", "f", "g", "h", "answer", "explanation"),
    /** Questions with options as running text. */
    EXAM_TEXT("text"),
    /** Any columns, by templates. */
    COLUMNS("system", "user", "assistant", "chosen", "rejected", "label", "text", "weight");

    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes.
    private final List<String> fields;

    Shape(String... fields) {
        this.fields = List.of(fields);
    }

    /** What a mapping to this shape may fill. */
    public List<String> fields() {
        return fields;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Shape> of(String id) {
        for (Shape shape : values()) {
            if (shape.id().equals(id)) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }
}
