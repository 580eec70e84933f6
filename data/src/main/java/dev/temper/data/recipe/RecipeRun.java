package dev.temper.data.recipe;

import dev.temper.data.recipe.RecipeState.StepState;
import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A recipe at work: rows go in one at a time and in order, and come out, or come out as left out. */
public final class RecipeRun implements AutoCloseable {
    /** Takes what comes out. */
    public interface Sink {
        void keep(Row row);

        void leaveOut(LeftOut row);
    }

    private final List<Stage> stages = new ArrayList<>();

    private RecipeRun() {}

    static RecipeRun open(Recipe recipe, RecipeContext context, @Nullable RecipeState state) {
        if (state != null && state.steps().size() != recipe.steps().size()) {
            throw new IllegalArgumentException("the state of another recipe");
        }
        RecipeRun run = new RecipeRun();
        try {
            for (int i = 0; i < recipe.steps().size(); i++) {
                Recipe.Chosen chosen = recipe.steps().get(i);
                StepState before = state == null ? null : state.steps().get(i);
                Optional<JsonNode> saved = before == null ? Optional.empty() : before.saved();
                StepTally tally = before == null
                        ? new StepTally(chosen.kind().name(), chosen.kind().showsBefore())
                        : StepTally.of(before.report(), chosen.kind().showsBefore());
                Step step = chosen.kind().open(chosen.settings(), new StepContext(context, "step-" + i, saved));
                run.stages.add(new Stage(step, tally));
            }
            return run;
        } catch (RuntimeException | Error e) {
            run.close();
            throw e;
        }
    }

    public void accept(Row row, Sink sink) {
        pass(row, 0, sink);
    }

    private void pass(Row row, int index, Sink sink) {
        if (index == stages.size()) {
            sink.keep(row);
            return;
        }
        Stage stage = stages.get(index);
        Outcome outcome = stage.step.apply(row);
        stage.tally.count(row, outcome);
        switch (outcome) {
            case Outcome.Kept kept -> pass(row, index + 1, sink);
            case Outcome.Changed changed -> pass(changed.row(), index + 1, sink);
            case Outcome.Divided divided -> divided.rows().forEach(one -> pass(one, index + 1, sink));
            case Outcome.Dropped dropped ->
                sink.leaveOut(new LeftOut(row.place(), dropped.code(), dropped.facts(), CanonicalJson.node(row)));
        }
    }

    /** What each step did so far. */
    public List<StepReport> reports() {
        return stages.stream().map(stage -> stage.tally.report()).toList();
    }

    /** Makes everything up to the last row safe on disk and says where the run stands. */
    public RecipeState save() {
        return new RecipeState(stages.stream()
                .map(stage -> new StepState(stage.tally.report(), stage.step.save()))
                .toList());
    }

    @Override
    public void close() {
        stages.forEach(stage -> stage.step.close());
    }

    private record Stage(Step step, StepTally tally) {}
}
