package dev.temper.web.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one field was and is; null where it was or is not there. */
public record Change(
        String field, @Nullable String before, @Nullable String after) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The fields that differ; all of them for something new or gone. */
    static List<Change> between(@Nullable String before, @Nullable String after) {
        Map<String, String> was = fields(before);
        Map<String, String> is = fields(after);
        var names = new TreeMap<String, String>(was);
        names.putAll(is);
        List<Change> changes = new ArrayList<>();
        for (String name : names.keySet()) {
            String old = was.get(name);
            String now = is.get(name);
            if (old == null || !old.equals(now)) {
                changes.add(new Change(name, old, now));
            }
        }
        return changes;
    }

    private static Map<String, String> fields(@Nullable String json) {
        var fields = new TreeMap<String, String>();
        if (json == null) {
            return fields;
        }
        try {
            flatten("", JSON.readTree(json), fields);
        } catch (JacksonException tampered) {
            fields.put("?", json);
        }
        return fields;
    }

    private static void flatten(String name, JsonNode node, Map<String, String> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.forEachEntry((key, child) -> flatten(name.isEmpty() ? key : name + "." + key, child, fields));
        } else if (!node.isNull() && !node.isMissingNode()) {
            fields.put(name, node.isString() ? node.stringValue() : node.toString());
        }
    }
}
