package dev.temper.data.division;

import dev.temper.data.row.Row;
import dev.temper.data.row.RowKind;
import dev.temper.data.row.RowText;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What rows of one group have in common. */
record Grouping(Split.Group group, String column) {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    String key(Row row) {
        return switch (group) {
            case ROW -> words(RowText.all(row));
            case QUESTION -> row.kind() == RowKind.TEXT ? words(RowText.all(row)) : words(RowText.question(row));
            case COLUMN -> {
                JsonNode value = row.extra().get(column);
                yield value == null || value.isNull() || value.asString("").isBlank()
                        ? words(RowText.all(row))
                        : value.toString();
            }
        };
    }

    /** The same for texts that differ in punctuation, white space or case. */
    private static String words(String text) {
        return NO_WORD.matcher(text).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }
}
