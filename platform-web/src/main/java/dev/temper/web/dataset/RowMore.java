package dev.temper.web.dataset;

import dev.temper.data.row.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a row has beside its texts, under the names that the file gave it. */
final class RowMore {
    private RowMore() {}

    static Map<String, String> of(Row row) {
        Map<String, String> more = new LinkedHashMap<>();
        if (row.label() != null) {
            more.put("label", row.label().toString());
        }
        if (row.weight() != 1) {
            more.put("weight", String.valueOf(row.weight()));
        }
        if (row.tools() != null) {
            more.put("tools", row.tools().toString());
        }
        new TreeMap<>(row.extra()).forEach((name, value) -> more.put(name, words(value)));
        return more;
    }

    private static String words(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
