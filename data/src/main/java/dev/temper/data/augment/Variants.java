package dev.temper.data.augment;

import dev.temper.data.recipe.Outcome;
import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Rows that ask the last question in other words; the answer, which is what is learned, stays as it is. */
final class Variants {
    private static final String COLUMN = "augmented";

    private Variants() {}

    /** The turn that asks last; empty where a row asks nothing. */
    static OptionalInt question(Row row) {
        for (int i = row.turns().size() - 1; i >= 0; i--) {
            if (row.turns().get(i).speaker() == Speaker.USER) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The row and one more for each wording that is new; {@code how} is written into the column {@code augmented}. */
    static Outcome of(Row row, int turn, List<String> wordings, String how) {
        String original = row.turns().get(turn).text();
        Set<String> different = new LinkedHashSet<>(wordings);
        different.removeIf(wording -> wording.isBlank() || wording.strip().equals(original.strip()));
        if (different.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        Map<String, JsonNode> extra = new HashMap<>(row.extra());
        extra.put(COLUMN, JsonNodeFactory.instance.stringNode(how));
        List<Row> rows = new ArrayList<>();
        rows.add(row);
        for (String wording : different) {
            List<Turn> turns = new ArrayList<>(row.turns());
            turns.set(turn, turns.get(turn).saying(wording));
            rows.add(row.withTurns(turns).withExtra(extra));
        }
        return new Outcome.Divided(rows, Map.of(how, different.size()));
    }
}
