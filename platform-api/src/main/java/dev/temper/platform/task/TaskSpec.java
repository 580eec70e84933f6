package dev.temper.platform.task;

import dev.temper.contract.CodedException;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.platform.common.ErrorCode;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the one document that suffices to run: the task's settings, with its model and rows put in. */
final class TaskSpec {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TaskSpec() {}

    /** Where the rows of an ingredient lie below a run's folder. */
    static String path(int ingredient) {
        return "data/" + (ingredient + 1) + ".jsonl";
    }

    /** Held-out questions answered while it learns, unless somebody says otherwise: enough to see it change, and cheap. */
    private static final int SAMPLES = 3;

    private static final int SAMPLE_TOKENS = 64;

    /**
     * Fails with the codes of run specs, all wrong keys told at once.
     *
     * @param model where it lies below a run's folder
     * @param known what others know it by
     */
    static RunSpec of(TaskRequest asked, String model, String known) {
        ObjectNode spec = settings(asked.settings());
        refuse(spec, "name");
        refuse(spec.path("model"), "path");
        refuse(spec.path("model"), "name");
        refuse(spec.path("data"), "train");
        spec.put("name", asked.name());
        spec.withObject("/model").put("path", model).put("name", known);
        ArrayNode train = spec.withObject("/data").putArray("train");
        List<TaskRequest.Ingredient> data = asked.data();
        for (int i = 0; i < data.size(); i++) {
            train.addObject().put("path", path(i)).put("weight", data.get(i).weight());
        }
        if (spec.path("evaluation").isMissingNode() || spec.get("evaluation") instanceof ObjectNode) {
            sample(spec.withObject("/evaluation"));
        }
        try {
            return RunSpecJson.bind(spec);
        } catch (CodedException wrong) {
            CodedException told = CodedException.user(
                            wrong.code(), "In settings: " + wrong.getMessage(), wrong.remedy())
                    .because(wrong);
            wrong.details().forEach(told::with);
            throw told;
        }
    }

    private static void sample(ObjectNode evaluation) {
        if (!evaluation.has("samples") && !evaluation.has("prompts")) {
            evaluation.put("samples", SAMPLES);
        }
        if (!evaluation.has("sampleTokens")) {
            evaluation.put("sampleTokens", SAMPLE_TOKENS);
        }
    }

    private static ObjectNode settings(String json) {
        if (JSON.readTree(json) instanceof ObjectNode object) {
            return object;
        }
        throw ErrorCode.FIELD_WRONG_TYPE.at("/settings").with("expected", "object");
    }

    /** What the task says itself can't be said by its settings, too. */
    private static void refuse(JsonNode of, String field) {
        if (of.has(field)) {
            throw ErrorCode.FIELD_REPEATED.at("/settings").with("value", field);
        }
    }
}
