package dev.temper.contract.llamafactory;

import dev.temper.contract.CodedException;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.SpecProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the YAML of a LLaMA-Factory run as a run spec that makes the same batches. */
public final class LlamaFactoryYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /** What it means by saying nothing, where that is not what our own specs mean. */
    private static final String DEFAULTS = """
            {"data": {"compatibility": "llama_factory"},
             "optimiser": {"learningRate": 5e-5},
             "schedule": {"type": "linear", "warmupRatio": 0},
             "batch": {"perDeviceTrainBatchSize": 8, "gradientAccumulationSteps": 1},
             "checkpoints": {"steps": 500, "keep": 0},
             "output": {"loggingSteps": 500, "plotLoss": false}}
            """;

    private static final String UNNAMED = "-";

    private final Values values;
    private final Surroundings around;
    private final boolean whole;
    private final ObjectNode document;

    /**
     * What a file asks for.
     *
     * @param warnings keys that have no effect here, and what means something else here
     * @param resume whether the newest checkpoint is to be gone on from
     */
    public record Asked(RunSpec spec, List<String> warnings, boolean resume) {}

    /**
     * What a file asks for, where model and data are chosen elsewhere.
     *
     * @param settings of a run spec, without model and data
     * @param model what it calls its model; empty where it does not
     * @param datasets what it calls its data
     */
    public record Settings(ObjectNode settings, String model, List<String> datasets, List<String> warnings) {}

    private LlamaFactoryYaml(ObjectNode file, Surroundings around, boolean whole) {
        this.values = new Values(file);
        this.around = around;
        this.whole = whole;
        this.document = (ObjectNode) YAML.readTree(DEFAULTS);
    }

    /**
     * Reads YAML text; all that is wrong is told at once.
     *
     * @param around what its paths and names stand for
     */
    public static Asked read(String yaml, Surroundings around) {
        return new LlamaFactoryYaml(file(yaml), around, true).translate();
    }

    /** Reads the settings alone; names stay names, and a file need not have any. */
    public static Settings settings(String yaml) {
        ObjectNode file = file(yaml);
        LlamaFactoryYaml read = new LlamaFactoryYaml(file, new Names(), false);
        Asked asked = read.translate();
        ObjectNode settings = read.document;
        settings.remove(List.of("model", "name", "version"));
        settings.withObject("/data").remove(List.of("train", "evaluation"));
        settings.withObject("/output").remove("directory");
        return new Settings(
                settings, read.values.text("model_name_or_path", ""), read.values.names("dataset"), asked.warnings());
    }

    /** Where a run's files are chosen elsewhere, its names are only names. */
    private record Names() implements Surroundings {
        @Override
        public String resolve(String path) {
            return path;
        }

        @Override
        public ObjectNode source(String name, String folder, Values values) {
            return RunSpecJson.document().put("path", name);
        }
    }

    private static ObjectNode file(String yaml) {
        JsonNode tree;
        try {
            tree = YAML.readTree(yaml);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw CodedException.user(
                            "spec_not_yaml",
                            "The file is not YAML: " + e.getOriginalMessage()
                                    + (at == null ? "" : " (line " + at.getLineNr() + ")"),
                            "Correct the file there.")
                    .because(e);
        }
        if (!(tree instanceof ObjectNode file)) {
            throw CodedException.user("spec_not_yaml", "The file holds no keys.", "Write key: value, one a line.");
        }
        return file;
    }

    private Asked translate() {
        copyWhatMeansTheSame();
        method();
        data();
        training();
        compute();
        boolean resume = resume();
        if (!values.problems().isEmpty()) {
            throw SpecProblem.all(values.problems());
        }
        try {
            return new Asked(RunSpecJson.bind(document), List.copyOf(values.warnings()), resume);
        } catch (CodedException e) {
            throw inItsWords(e);
        }
    }

    private void copyWhatMeansTheSame() {
        for (Map.Entry<String, JsonNode> entry : values.running().entrySet()) {
            String path = pathOf(entry.getKey());
            if (path != null && !path.startsWith("method.")) {
                put(path, entry.getValue());
            }
        }
    }

    private void method() {
        switch (values.text("stage", "sft")) {
            case "sft" -> put("stage", "sft");
            case "pt" -> put("stage", "pretrain");
            case String other -> values.later("stage", other);
        }
        if (values.given("do_train") && !values.flag("do_train")) {
            values.problem("spec_nothing_to_do", "do_train", "do_train is false: there is nothing to do.", "Set it.");
        }
        String type = values.text("finetuning_type", "lora");
        String ours = type.equals("freeze") ? "partial" : type;
        switch (type) {
            case "lora", "freeze", "full" -> put("method.type", ours);
            default -> values.later("finetuning_type", type);
        }
        for (Map.Entry<String, JsonNode> entry : values.running().entrySet()) {
            String path = pathOf(entry.getKey());
            if (path != null && path.startsWith("method.")) {
                boolean partial = path.contains("reeze") || path.contains("Frozen");
                if (ours.equals(partial ? "partial" : "lora")) {
                    put(path, entry.getValue());
                } else {
                    values.warning(entry.getKey() + " has no effect here: finetuning_type is " + type);
                }
            }
        }
        if (values.given("model_name_or_path")) {
            put("model.path", around.resolve(values.text("model_name_or_path", "")));
        } else if (whole) {
            missing("model_name_or_path");
        } else {
            put("model.path", UNNAMED);
        }
        List<String> adapters = values.names("adapter_name_or_path");
        if (adapters.size() > 1) {
            values.later("adapter_name_or_path", "more than one adapter");
        } else if (!adapters.isEmpty()) {
            put("model.adapter", around.resolve(adapters.getFirst()));
        }
    }

    private static @Nullable String pathOf(String name) {
        return Keys.find(name).orElseThrow().fate() instanceof Key.Fate.Run run ? run.path() : null;
    }

    private void data() {
        if (values.given("dataset")) {
            sources("dataset", "data.train");
        } else if (whole) {
            missing("dataset");
        } else {
            put("data.train", YAML.createArrayNode().add(around.source(UNNAMED, "", values)));
        }
        if (values.given("eval_dataset")) {
            sources("eval_dataset", "data.evaluation");
        }
        put("data.shuffle", YAML.getNodeFactory().booleanNode(!values.flag("disable_shuffling")));
        if (values.given("packing") || values.given("neat_packing")) {
            boolean packing = values.flag("packing") || values.flag("neat_packing");
            put("data.packing", YAML.getNodeFactory().booleanNode(packing));
            if (packing && values.text("stage", "sft").equals("sft")) {
                values.warning("packing lays samples out only: per_device_train_batch_size still counts samples, and"
                        + " none sees another");
            }
        }
        if (values.flag("streaming")) {
            values.warning("streaming has no effect here: data of any size is prepared on disk once");
        }
    }

    private void sources(String key, String path) {
        List<String> names = values.names(key);
        JsonNode weights = key.equals("dataset") ? values.get("interleave_probs") : null;
        if (weights != null && weights.size() != names.size()) {
            values.problem(
                    "spec_invalid_value",
                    "interleave_probs",
                    "interleave_probs has " + weights.size() + " values for " + names.size() + " datasets.",
                    "Give one for each dataset.");
            return;
        }
        ArrayNode sources = YAML.createArrayNode();
        for (int i = 0; i < names.size(); i++) {
            ObjectNode source = around.source(names.get(i), values.text("dataset_dir", "data"), values);
            if (values.given("max_samples")) {
                source.put("maxSamples", values.whole("max_samples", 0));
            }
            if (weights != null) {
                source.set("weight", weights.get(i));
            }
            sources.add(source);
        }
        put(path, sources);
    }

    private void training() {
        if (!values.given("output_dir")) {
            values.warning("output_dir is not given: the results go to the folder of --out, or to ./output");
        }
        put("schedule.maxSteps", Math.max(0, values.whole("max_steps", -1)));
        if (!values.given("eval_steps") && values.given("logging_steps")) {
            put("evaluation.steps", values.whole("logging_steps", 500));
        } else if (!values.given("eval_steps")) {
            put("evaluation.steps", 500);
        }
        switch (values.text("optim", "adamw_torch")) {
            case "adamw_torch", "adamw_torch_fused", "adamw_hf" -> put("optimiser.type", "adamw");
            case "sgd" -> put("optimiser.type", "sgd");
            case "adafactor" -> put("optimiser.type", "adafactor");
            case String other -> values.later("optim", other);
        }
        switch (values.text("metric_for_best_model", "loss")) {
            case "loss", "eval_loss" -> put("evaluation.metricForBestModel", "eval_loss");
            case "accuracy", "eval_accuracy" -> put("evaluation.metricForBestModel", "eval_accuracy");
            case String other ->
                values.problem(
                        "spec_invalid_value",
                        "metric_for_best_model",
                        "The value of metric_for_best_model is " + other + ".",
                        "Use eval_loss or eval_accuracy.");
        }
    }

    private void compute() {
        if (values.flag("bf16") && values.flag("fp16")) {
            values.problem("spec_invalid_value", "fp16", "Both bf16 and fp16 are set.", "Set one of them.");
        }
        boolean bf16 = values.flag("bf16") || values.flag("pure_bf16");
        put("compute.precision", bf16 ? "bf16" : values.flag("fp16") ? "fp16" : "fp32");
        put("compute.device", values.flag("use_cpu") || values.flag("no_cuda") ? "cpu" : "auto");
        if (values.given("gradient_checkpointing") || values.given("disable_gradient_checkpointing")) {
            boolean off = values.flag("disable_gradient_checkpointing")
                    || (values.given("gradient_checkpointing") && !values.flag("gradient_checkpointing"));
            put("compute.gradientCheckpointing", off ? "none" : "all");
        }
    }

    private boolean resume() {
        JsonNode asked = values.get("resume_from_checkpoint");
        if (asked == null || asked.isBoolean()) {
            return asked != null && asked.asBoolean();
        }
        Path folder = Path.of(around.resolve(asked.asString()))
                .toAbsolutePath()
                .normalize()
                .getParent();
        Path output =
                Path.of(values.text("output_dir", "output")).toAbsolutePath().normalize();
        if (!output.equals(folder)) {
            values.problem(
                    "spec_invalid_value",
                    "resume_from_checkpoint",
                    "The checkpoint " + asked.asString() + " is not in output_dir.",
                    "Set output_dir to the folder the checkpoint is in, and resume_from_checkpoint to true.");
        }
        return true;
    }

    private void missing(String key) {
        values.problem("spec_missing_key", key, "The key " + key + " is missing.", "Add it; there is no default.");
    }

    private void put(String path, int value) {
        put(path, YAML.getNodeFactory().numberNode(value));
    }

    private void put(String path, String value) {
        put(path, YAML.getNodeFactory().stringNode(value));
    }

    private void put(String path, @Nullable JsonNode value) {
        ObjectNode at = document;
        int dot = path.indexOf('.');
        if (dot >= 0) {
            at = at.withObjectProperty(path.substring(0, dot));
        }
        at.set(path.substring(dot + 1), value);
    }

    /** The failure with the keys of its YAML in place of ours. */
    private static CodedException inItsWords(CodedException e) {
        if (!(e.details().get("key") instanceof String path)) {
            return e;
        }
        String name = Keys.ofPath(path).orElse(path);
        return CodedException.user(
                        e.code(), e.getMessage().replace(path, name), e.remedy().replace(path, name))
                .with("key", name)
                .because(e);
    }
}
