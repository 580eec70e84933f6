package dev.temper.data.row;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row as the columns of a version's file hold it: what has no column of its own stands as JSON text in {@code extra},
 * {@code tools} and each turn's {@code more}. Such a file can leave as it is and comes back without loss.
 */
public final class StoredColumns {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StoredColumns() {}

    /** Whether a record is one of a version's file. */
    public static boolean hold(JsonNode record) {
        return record.has("row_number") && record.has("content_hash") && record.has("messages") && record.has("extra");
    }

    /** The row. */
    public static Row row(JsonNode columns) {
        ObjectNode canonical = NODES.objectNode();
        if (columns.path("text").isString()) {
            canonical.set("text", columns.path("text"));
        } else {
            ArrayNode messages = canonical.putArray("messages");
            columns.path("messages").forEach(turn -> messages.add(turn(turn)));
        }
        if (columns.path("chosen").isObject()) {
            canonical.set("chosen", turn(columns.path("chosen")));
            canonical.set("rejected", turn(columns.path("rejected")));
        }
        if (columns.path("label").isBoolean()) {
            canonical.set("label", columns.path("label"));
        }
        canonical.set("weight", columns.path("weight"));
        if (columns.path("tools").isString()) {
            canonical.set("tools", JSON.readTree(columns.path("tools").stringValue()));
        }
        ObjectNode meta = canonical.putObject("meta");
        meta.set("file", columns.path("file"));
        meta.set("within", columns.path("within"));
        meta.set("line", columns.path("line"));
        if (columns.path("extra").isString()) {
            meta.set("extra", JSON.readTree(columns.path("extra").stringValue()));
        }
        return CanonicalJson.row(canonical);
    }

    private static ObjectNode turn(JsonNode stored) {
        ObjectNode turn = NODES.objectNode();
        turn.set("role", stored.path("role"));
        turn.set("content", stored.path("content"));
        if (stored.path("more").isString()) {
            JSON.readTree(stored.path("more").stringValue())
                    .properties()
                    .forEach(field -> turn.set(field.getKey(), field.getValue()));
        }
        return turn;
    }
}
