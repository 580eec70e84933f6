package dev.temper.data.privacy;

import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Step;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is done with what was found, in every text of a row, its columns and its tool calls too. */
record Hiding<K extends Enum<K>>(
        Function<String, List<Finding<K>>> search, Hidden action, Replacement<K> replacement, String code)
        implements Step {
    /** What stands in the place of something found. */
    interface Replacement<K extends Enum<K>> {
        String of(K kind, String value);
    }

    @Override
    public Outcome apply(Row row) {
        Map<String, Integer> found = new TreeMap<>();
        Row hidden = map(row, text -> hide(text, found));
        if (found.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        return switch (action) {
            case REPORT -> new Outcome.Kept(found);
            case MASK, PSEUDONYMISE -> new Outcome.Changed(hidden, found);
            case LEAVE_OUT -> new Outcome.Dropped(code, Map.of("kinds", String.join(", ", found.keySet())), found);
        };
    }

    private String hide(String text, Map<String, Integer> found) {
        List<Finding<K>> findings = search.apply(text);
        findings.forEach(finding -> found.merge(Setting.id(finding.kind()), 1, Integer::sum));
        boolean replaces = action == Hidden.MASK || action == Hidden.PSEUDONYMISE;
        return findings.isEmpty() || !replaces
                ? text
                : Finding.replace(
                        text,
                        findings,
                        finding -> replacement.of(finding.kind(), text.substring(finding.start(), finding.end())));
    }

    private static Row map(Row row, UnaryOperator<String> change) {
        Row result = RowText.map(row, change);
        if (!row.extra().isEmpty()) {
            result = result.withExtra(map(row.extra(), change));
        }
        if (row.turns().stream().anyMatch(turn -> !turn.more().isEmpty())) {
            List<Turn> turns = new ArrayList<>();
            result.turns().forEach(turn -> turns.add(new Turn(turn.speaker(), turn.text(), map(turn.more(), change))));
            result = result.withTurns(turns);
        }
        return result;
    }

    private static Map<String, JsonNode> map(Map<String, JsonNode> fields, UnaryOperator<String> change) {
        Map<String, JsonNode> mapped = new HashMap<>();
        fields.forEach((name, value) -> mapped.put(name, map(value, change)));
        return mapped;
    }

    private static JsonNode map(JsonNode node, UnaryOperator<String> change) {
        if (node.isString()) {
            String text = node.stringValue();
            String changed = change.apply(text);
            return changed.equals(text) ? node : JsonNodeFactory.instance.stringNode(changed);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode mapped = JsonNodeFactory.instance.arrayNode();
            array.forEach(entry -> mapped.add(map(entry, change)));
            return mapped;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode mapped = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> mapped.set(field.getKey(), map(field.getValue(), change)));
            return mapped;
        }
        return node;
    }
}
