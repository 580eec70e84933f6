package dev.temper.data.duplicates;

import dev.temper.data.duplicates.NearIndex.Similar;
import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Leaves out, or marks, rows that say nearly what an earlier row said. */
public final class NearDuplicates implements StepKind {
    enum Action {
        LEAVE_OUT,
        /** The row stays and names the earlier one in the column {@code near_duplicate_of}. */
        MARK
    }

    static final Setting<Double> SIMILARITY = new Setting.Real("similarity", 0.8, 0.5, 1.0);
    static final Setting<Action> ACTION = new Setting.Choice<>("action", Action.LEAVE_OUT);
    private static final String COLUMN = "near_duplicate_of";

    @Override
    public String name() {
        return "near_duplicates";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(SIMILARITY, ACTION);
    }

    @Override
    public List<String> reasons() {
        return List.of("near_duplicate");
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        return new Search(new NearIndex(context, settings.get(SIMILARITY)), settings.get(ACTION));
    }

    private record Search(NearIndex index, Action action) implements Step {
        @Override
        public Outcome apply(Row row) {
            NearIndex.Entry entry = index.entry(RowText.all(row));
            List<Similar> similar = entry.similar(1);
            if (similar.isEmpty()) {
                entry.add(row.place(), (byte) 0);
                return Outcome.UNCHANGED;
            }
            Similar twin = similar.getFirst();
            return switch (action) {
                case LEAVE_OUT ->
                    Outcome.drop(
                            "near_duplicate",
                            Map.of("of", twin.place(), "similarity", Math.round(twin.similarity() * 100) / 100.0));
                case MARK -> {
                    Map<String, JsonNode> extra = new HashMap<>(row.extra());
                    extra.put(COLUMN, JsonNodeFactory.instance.stringNode(twin.place()));
                    yield new Outcome.Changed(row.withExtra(extra), Map.of("near_duplicate", 1));
                }
            };
        }

        @Override
        public Optional<JsonNode> save() {
            return Optional.of(index.save());
        }

        @Override
        public void close() {
            index.close();
        }
    }
}
