package dev.temper.data.write;

import dev.temper.data.row.Row;
import dev.temper.data.row.Turn;
import dev.temper.data.shape.ToolCalls;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A row as OpenAI's fine-tuning files have it: {@code messages}, or an input with a preferred and another output. */
final class OpenAiJson {
    private OpenAiJson() {}

    static ObjectNode node(Row row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (row.text() != null) {
            node.put("text", row.text());
        } else if (row.chosen() != null && row.rejected() != null) {
            ObjectNode input = node.putObject("input");
            putMessages(input, row);
            putTools(input, row);
            node.putArray("preferred_output").add(message(row.chosen()));
            node.putArray("non_preferred_output").add(message(row.rejected()));
        } else {
            putMessages(node, row);
            putTools(node, row);
        }
        if (row.label() != null) {
            node.put("label", row.label());
        }
        Columns.finish(node, row);
        return node;
    }

    static void putMessages(ObjectNode node, Row row) {
        ArrayNode messages = node.putArray("messages");
        row.turns().forEach(turn -> messages.add(message(turn)));
    }

    static ObjectNode message(Turn turn) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("role", turn.speaker().id());
        boolean onlyCalls = turn.text().isEmpty() && turn.more().containsKey(ToolCalls.MEMBER);
        message.put("content", onlyCalls ? null : turn.text());
        new TreeMap<>(turn.more()).forEach(message::set);
        return message;
    }

    private static void putTools(ObjectNode node, Row row) {
        if (row.tools() != null) {
            node.set("tools", row.tools());
        }
    }
}
