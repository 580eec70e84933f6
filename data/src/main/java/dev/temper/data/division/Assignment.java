package dev.temper.data.division;

import dev.temper.data.duplicates.KeyMarks;
import dev.temper.data.duplicates.NearIndex;
import dev.temper.data.duplicates.NearIndex.Similar;
import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Step;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row goes where its group went; a new group goes where its near duplicates went, else where its hash says. A row whose
 * near duplicates lie in another part than it has to go to would cross, and is left out.
 */
record Assignment(Shares shares, Grouping grouping, NearIndex index, KeyMarks groups, String column) implements Step {
    private static final int MOST_SIMILAR = 1_000;

    @Override
    public Outcome apply(Row row) {
        String key = grouping.key(row);
        NearIndex.Entry entry = index.entry(RowText.all(row));
        List<Similar> similar = entry.similar(MOST_SIMILAR);
        OptionalInt known = groups.find(key);
        Part part = known.isPresent()
                ? Part.of(known.getAsInt())
                : similar.isEmpty()
                        ? shares.of(key)
                        : Part.of(similar.getFirst().mark());
        for (Similar other : similar) {
            if (other.mark() != part.mark()) {
                return Outcome.drop(
                        "near_duplicate_in_other_part",
                        Map.of(
                                "of",
                                other.place(),
                                "part",
                                Part.of(other.mark()).id()));
            }
        }
        entry.add(row.place(), part.mark());
        if (known.isEmpty()) {
            groups.add(key, part.mark());
        }
        return outcome(row, column, part);
    }

    static Outcome outcome(Row row, String column, Part part) {
        Map<String, JsonNode> extra = new HashMap<>(row.extra());
        extra.put(column, JsonNodeFactory.instance.stringNode(part.id()));
        return new Outcome.Changed(row.withExtra(extra), Map.of(part.id(), 1));
    }

    @Override
    public Optional<JsonNode> save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        saved.set("near", index.save());
        saved.set("groups", groups.save());
        return Optional.of(saved);
    }

    @Override
    public void close() {
        index.close();
        groups.close();
    }
}
