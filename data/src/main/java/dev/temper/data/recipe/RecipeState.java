package dev.temper.data.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a run stands after a row, small enough for a column of a table; a run that crashed goes on from the last one.
 *
 * @param steps what each step did, in the recipe's order
 */
public record RecipeState(List<StepState> steps) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public RecipeState {
        steps = List.copyOf(steps);
    }

    /**
     * Where one step stands.
     *
     * @param saved what the step itself needs to go on
     */
    public record StepState(StepReport report, Optional<JsonNode> saved) {}

    public List<StepReport> reports() {
        return steps.stream().map(StepState::report).toList();
    }

    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    public static RecipeState read(String json) {
        JsonNode steps = JSON.readTree(json).path("steps");
        List<StepState> states = new ArrayList<>();
        steps.forEach(step -> states.add(new StepState(
                JSON.treeToValue(step.path("report"), StepReport.class),
                Optional.ofNullable(step.get("saved")).filter(saved -> !saved.isNull()))));
        return new RecipeState(states);
    }
}
