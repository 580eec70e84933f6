package dev.temper.data.write;

import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import dev.temper.data.shape.ToolCalls;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A row as ShareGPT files have it: {@code conversations} of {@code from, value}, tools as text. */
final class ShareGptJson {
    private ShareGptJson() {}

    static ObjectNode node(Row row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (row.text() != null) {
            node.put("text", row.text());
            Columns.finish(node, row);
            return node;
        }
        List<Turn> turns = row.turns();
        Turn first = turns.getFirst();
        boolean led = first.speaker() == Speaker.SYSTEM
                && first.more().isEmpty()
                && !first.text().isBlank();
        ArrayNode conversations = node.putArray("conversations");
        turns.subList(led ? 1 : 0, turns.size()).forEach(turn -> conversations.add(said(turn)));
        if (row.chosen() != null && row.rejected() != null) {
            node.set("chosen", said(row.chosen()));
            node.set("rejected", said(row.rejected()));
        }
        if (led) {
            node.put("system", first.text());
        }
        if (row.tools() != null) {
            node.put("tools", row.tools().toString());
        }
        if (row.label() != null) {
            node.put("label", row.label());
        }
        Columns.finish(node, row);
        return node;
    }

    private static ObjectNode said(Turn turn) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        Optional<String> calls = ToolCalls.shareGpt(turn);
        if (calls.isPresent()) {
            return said.put("from", "function_call").put("value", calls.get());
        }
        said.put("from", name(turn.speaker())).put("value", turn.text());
        new TreeMap<>(turn.more()).forEach(said::set);
        return said;
    }

    private static String name(Speaker speaker) {
        return switch (speaker) {
            case SYSTEM -> "system";
            case USER -> "human";
            case ASSISTANT -> "gpt";
            case TOOL -> "observation";
        };
    }
}
