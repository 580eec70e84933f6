package dev.temper.data.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Text with columns in it, as in <code>{{question}}\n{{options}}</code>. */
public record Template(String text) {
    private static final Pattern COLUMN = Pattern.compile("\\{\\{\\s*(.+?)\\s*}}");

    public static Template column(String name) {
        return new Template("{{" + name + "}}");
    }

    /** The columns it names, in order. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        Matcher matcher = COLUMN.matcher(text);
        while (matcher.find()) {
            columns.add(matcher.group(1));
        }
        return columns;
    }

    /** The one column that it is; null where it is more or less than that. */
    @Nullable
    String single() {
        Matcher matcher = COLUMN.matcher(text.strip());
        return matcher.matches() && columns().size() == 1 ? matcher.group(1) : null;
    }

    /** The text with what the record has; a column that the record lacks, or that is null, is empty. */
    String fill(JsonNode record) {
        Matcher matcher = COLUMN.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String column = matcher.group(1);
            matcher.appendReplacement(filled, Matcher.quoteReplacement(shown(column, record.path(column))));
        }
        return matcher.appendTail(filled).toString().strip();
    }

    private static String shown(String column, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            List<String> lines = new ArrayList<>();
            value.forEach(element -> lines.add(shown(column, element)));
            return String.join("\n", lines);
        }
        if (value.isObject()) {
            throw Unfit.at(column, ShapeCode.TEXT_EXPECTED, "found", "object");
        }
        return value.asString();
    }
}
