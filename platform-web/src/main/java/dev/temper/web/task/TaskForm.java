package dev.temper.web.task;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskRequest.Ingredient;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A new task as it is typed. */
record TaskForm(
        String name,
        @Nullable UUID version,
        String model,
        String stage,
        String method,
        String learningRate,
        String epochs,
        String cutoff,
        String batch,
        String accumulation,
        String rank,
        String layers,
        String pool) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What is proposed: known to work on small data; each rate is the middle of its method's range. */
    static TaskForm proposed(
            String name, @Nullable UUID version, String model, String stage, String method, String pool) {
        String rate = switch (method) {
            case "full" -> "1e-5";
            case "partial" -> "5e-5";
            default -> "1e-4";
        };
        return new TaskForm(name, version, model, stage, method, rate, "3", "512", "2", "8", "8", "2", pool);
    }

    static TaskForm typed(Map<String, String> typed) {
        String version = typed.getOrDefault("version", "");
        return new TaskForm(
                typed.getOrDefault("name", ""),
                version.matches("[0-9a-f-]{36}") ? UUID.fromString(version) : null,
                typed.getOrDefault("model", ""),
                typed.getOrDefault("stage", "sft"),
                typed.getOrDefault("method", "lora"),
                typed.getOrDefault("learningRate", ""),
                typed.getOrDefault("epochs", ""),
                typed.getOrDefault("cutoff", ""),
                typed.getOrDefault("batch", ""),
                typed.getOrDefault("accumulation", ""),
                typed.getOrDefault("rank", ""),
                typed.getOrDefault("layers", ""),
                typed.getOrDefault("pool", ""));
    }

    TaskRequest request() {
        if (version == null) {
            throw ErrorCode.FIELD_REQUIRED.at("/version");
        }
        ObjectNode settings = JSON.createObjectNode().put("stage", stage);
        ObjectNode how = settings.putObject("method").put("type", method);
        switch (method) {
            case "lora" -> how.put("rank", whole("rank", rank));
            case "partial" -> how.put("freezeTrainableLayers", whole("layers", layers));
            default -> {}
        }
        settings.putObject("optimiser").put("learningRate", number("learningRate", learningRate));
        settings.putObject("schedule").put("numTrainEpochs", number("epochs", epochs));
        settings.putObject("data").put("cutoffLen", whole("cutoff", cutoff));
        settings.putObject("batch")
                .put("perDeviceTrainBatchSize", whole("batch", batch))
                .put("gradientAccumulationSteps", whole("accumulation", accumulation));
        return new TaskRequest(
                name,
                model,
                List.of(new Ingredient(version, 1)),
                settings.toString(),
                pool,
                1,
                Duration.ofHours(1),
                JobRequest.DEFAULT_PRIORITY);
    }

    private static int whole(String field, String text) {
        double value = number(field, text);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw wrong(field);
        }
        return (int) value;
    }

    /** {@code 1e-4}, {@code 0.0001} and their full-width forms. */
    private static double number(String field, String text) {
        try {
            return Double.parseDouble(
                    Normalizer.normalize(text, Normalizer.Form.NFKC).strip());
        } catch (NumberFormatException e) {
            throw wrong(field);
        }
    }

    private static RuntimeException wrong(String field) {
        return ErrorCode.FIELD_WRONG_TYPE.at("/" + field).with("expected", "number");
    }
}
