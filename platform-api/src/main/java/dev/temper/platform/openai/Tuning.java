package dev.temper.platform.openai;

import dev.temper.contract.Defaults;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import dev.temper.platform.openai.JobRequestBody.Extension;
import dev.temper.platform.openai.JobRequestBody.Hyperparameters;
import dev.temper.platform.openai.JobRequestBody.MethodBody;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a job of the dialect means as settings of a run. */
final class Tuning {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Tuning() {}

    /** Refuses what can't be done here, in words, before anything is kept. */
    static void check(JobRequestBody asked) {
        MethodBody method = asked.method();
        if (method != null && !method.type().equals("supervised")) {
            throw unsupported("/method/type", "method " + method.type());
        }
        if (asked.validationFile() != null) {
            throw unsupported("/validation_file", "validation_file; temper.settings.data.valSize holds rows out");
        }
        if (asked.integrations() != null && !asked.integrations().isEmpty()) {
            throw unsupported("/integrations", "integrations");
        }
        if (asked.seed() != null && (asked.seed() < 0 || asked.seed() > Integer.MAX_VALUE)) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("/seed").with("min", 0).with("max", Integer.MAX_VALUE);
        }
        Map<String, String> metadata = asked.metadata() == null ? Map.of() : asked.metadata();
        if (metadata.size() > 16
                || metadata.entrySet().stream()
                        .anyMatch(pair -> pair.getKey().length() > 64
                                || pair.getValue() == null
                                || pair.getValue().length() > 512)) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/metadata").with("form", "16 × {key ≤ 64: value ≤ 512}");
        }
        settings(asked);
    }

    static String settings(JobRequestBody asked) {
        ObjectNode settings = JSON.createObjectNode();
        Hyperparameters wished = hyperparameters(asked);
        Double epochs = number("/n_epochs", wished.nEpochs(), 1, 50);
        if (epochs != null) {
            settings.withObject("/schedule").put("numTrainEpochs", epochs);
        }
        Double batch = number("/batch_size", wished.batchSize(), 1, 256);
        if (batch != null) {
            settings.withObject("/batch")
                    .put("perDeviceTrainBatchSize", batch.intValue())
                    .put("gradientAccumulationSteps", 1);
        }
        Double multiplier = number("/learning_rate_multiplier", wished.learningRateMultiplier(), 1e-6, 1e6);
        if (multiplier != null) {
            double rate = Defaults.optimiser(Defaults.lora()).learningRate();
            settings.withObject("/optimiser").put("learningRate", rate * multiplier);
        }
        if (asked.seed() != null) {
            settings.put("seed", asked.seed());
        }
        Extension more = asked.temper();
        if (more != null && more.settings() != null) {
            merge(settings, JSON.<ObjectNode>valueToTree(more.settings()));
        }
        return settings.toString();
    }

    /** As they were asked for, {@code auto} where they were not. */
    static Map<String, Object> shown(JobRequestBody asked) {
        Hyperparameters wished = hyperparameters(asked);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("n_epochs", or(wished.nEpochs()));
        shown.put("batch_size", or(wished.batchSize()));
        shown.put("learning_rate_multiplier", or(wished.learningRateMultiplier()));
        return shown;
    }

    private static Object or(@Nullable Object value) {
        return value == null ? "auto" : value;
    }

    private static Hyperparameters hyperparameters(JobRequestBody asked) {
        MethodBody method = asked.method();
        if (method != null && method.supervised() != null && method.supervised().hyperparameters() != null) {
            return method.supervised().hyperparameters();
        }
        return asked.hyperparameters() == null ? new Hyperparameters(null, null, null) : asked.hyperparameters();
    }

    private static @Nullable Double number(String field, @Nullable Object value, double min, double max) {
        String pointer = "/hyperparameters" + field;
        return switch (value) {
            case null -> null;
            case String auto when auto.equals("auto") -> null;
            case Number number when number.doubleValue() >= min && number.doubleValue() <= max -> number.doubleValue();
            case Number _ ->
                throw ErrorCode.FIELD_OUT_OF_RANGE.at(pointer).with("min", min).with("max", max);
            default -> throw ErrorCode.FIELD_WRONG_TYPE.at(pointer).with("expected", "number | auto");
        };
    }

    private static void merge(ObjectNode into, ObjectNode more) {
        more.propertyStream().forEach(field -> {
            if (into.get(field.getKey()) instanceof ObjectNode there && field.getValue() instanceof ObjectNode inner) {
                merge(there, inner);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private static Problem unsupported(String pointer, String what) {
        return ErrorCode.FINE_TUNING_UNSUPPORTED.at(pointer).with("what", what);
    }
}
