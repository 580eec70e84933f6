package dev.temper.model.weights;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON indented by two spaces as Python's {@code json.dumps} does it, so that files compare equal. */
final class PythonJson {
    private PythonJson() {}

    static String write(ObjectNode node, boolean sorted) {
        StringBuilder out = new StringBuilder();
        write(node, sorted, 0, out);
        return out.toString();
    }

    private static void write(JsonNode node, boolean sorted, int depth, StringBuilder out) {
        if (node.isObject() && !node.isEmpty()) {
            List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(node.properties());
            if (sorted) {
                entries.sort(Map.Entry.comparingByKey());
            }
            out.append('{');
            for (Iterator<Map.Entry<String, JsonNode>> each = entries.iterator(); each.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = each.next();
                line(depth + 1, out).append(JsonMapper.shared().writeValueAsString(entry.getKey()));
                write(entry.getValue(), sorted, depth + 1, out.append(": "));
                out.append(each.hasNext() ? "," : "");
            }
            line(depth, out).append('}');
        } else if (node.isArray() && !node.isEmpty()) {
            out.append('[');
            for (Iterator<JsonNode> each = node.iterator(); each.hasNext(); ) {
                write(each.next(), sorted, depth + 1, line(depth + 1, out));
                out.append(each.hasNext() ? "," : "");
            }
            line(depth, out).append(']');
        } else {
            out.append(node);
        }
    }

    private static StringBuilder line(int depth, StringBuilder out) {
        return out.append('\n').append("  ".repeat(depth));
    }
}
