package dev.temper.data.write;

import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row as alpaca. Where its columns would lose something, they hold what they can for readers that know no more, and the
 * whole conversation stands beside them as {@code messages}.
 */
final class AlpacaJson {
    private AlpacaJson() {}

    static ObjectNode node(Row row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (row.text() != null) {
            node.put("text", row.text());
            Columns.finish(node, row);
            return node;
        }
        Optional<Alpaca> alpaca = Alpaca.of(row);
        if (alpaca.isPresent()) {
            put(node, alpaca.get());
        } else {
            node.put("instruction", last(row, Speaker.USER)).put("input", "");
            node.put("output", last(row, Speaker.ASSISTANT));
            OpenAiJson.putMessages(node, row);
            if (row.chosen() != null && row.rejected() != null) {
                node.set("chosen", OpenAiJson.message(row.chosen()));
                node.set("rejected", OpenAiJson.message(row.rejected()));
            }
        }
        if (row.label() != null) {
            node.put("kto_tag", row.label());
        }
        if (row.tools() != null) {
            node.set("tools", row.tools());
        }
        Columns.finish(node, row);
        return node;
    }

    private static void put(ObjectNode node, Alpaca alpaca) {
        node.put("instruction", alpaca.instruction()).put("input", "");
        if (alpaca.output() != null) {
            node.put("output", alpaca.output());
        }
        if (alpaca.chosen() != null) {
            node.put("chosen", alpaca.chosen()).put("rejected", alpaca.rejected());
        }
        if (alpaca.system() != null) {
            node.put("system", alpaca.system());
        }
        if (!alpaca.history().isEmpty()) {
            node.set("history", history(alpaca));
        }
    }

    static ArrayNode history(Alpaca alpaca) {
        ArrayNode history = JsonNodeFactory.instance.arrayNode();
        for (List<String> pair : alpaca.history()) {
            history.addArray().add(pair.getFirst()).add(pair.getLast());
        }
        return history;
    }

    private static String last(Row row, Speaker speaker) {
        return row.turns().reversed().stream()
                .filter(turn -> turn.speaker() == speaker)
                .findFirst()
                .map(Turn::text)
                .orElse("");
    }
}
