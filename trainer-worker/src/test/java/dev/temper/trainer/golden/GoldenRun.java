package dev.temper.trainer.golden;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.OptimiserSpec;
import dev.temper.contract.ScheduleSpec;
import dev.temper.contract.Stage;
import dev.temper.model.weights.SafetensorsFile;
import dev.temper.model.weights.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One recorded run: what it was asked, and what each step gave. */
record GoldenRun(Path folder, JsonNode curve) {
    private static final Pattern PARTIAL = Pattern.compile("(first|last)(\\d+)((?:_[a-z]+)*)");
    private static final Pattern ADAPTED = Pattern.compile(".*\\.(\\w+)\\.lora_A\\.weight");
    private static final double ALPHA = 16;

    /** What is recorded of a step. */
    record Step(int step, double loss, double rate, double norm, int items) {}

    static GoldenRun read(Path folder) {
        return new GoldenRun(folder, JsonMapper.shared().readTree(folder.resolve("curve.json")));
    }

    private JsonNode option(String name) {
        return curve.get("options").get(name);
    }

    String kind() {
        return option("kind").stringValue();
    }

    String model() {
        return option("model").stringValue();
    }

    Stage stage() {
        return option("data").stringValue().equals("pt") ? Stage.PRETRAIN : Stage.SFT;
    }

    String data() {
        return option("data").stringValue();
    }

    int accumulation() {
        return option("accumulation").intValue();
    }

    /** The method, if it is one of ours. */
    Optional<MethodSpec> method() {
        Matcher partial = PARTIAL.matcher(kind());
        if (partial.matches()) {
            int layers = Integer.parseInt(partial.group(2));
            return Optional.of(new MethodSpec.Partial(
                    partial.group(1).equals("last") ? layers : -layers,
                    List.of("all"),
                    extras(partial.group(3)),
                    false));
        }
        if (kind().equals("full")) {
            return Optional.of(new MethodSpec.Full());
        }
        if (kind().equals("ia3")) {
            return Optional.of(new MethodSpec.Ia3());
        }
        if (kind().startsWith("lora") || kind().equals("rslora") || kind().equals("dora")) {
            return Optional.of(lora());
        }
        return Optional.empty();
    }

    private static List<String> extras(String suffixes) {
        List<String> extras = new ArrayList<>();
        for (String suffix : suffixes.split("_", -1)) {
            switch (suffix) {
                case "" -> {}
                case "embed" -> extras.add("embed_tokens");
                case "head" -> extras.add("lm_head");
                default -> extras.add(suffix);
            }
        }
        return extras;
    }

    private MethodSpec.Lora lora() {
        List<String> targets = new ArrayList<>();
        int rank = 0;
        try (SafetensorsFile initial = SafetensorsFile.open(initial().orElseThrow())) {
            for (Weight weight : initial.weights()) {
                Matcher adapted = ADAPTED.matcher(weight.name());
                if (adapted.matches()) {
                    rank = weight.shape().sizes().getFirst().intValue();
                    if (!targets.contains(adapted.group(1))) {
                        targets.add(adapted.group(1));
                    }
                }
            }
        }
        JsonNode alpha = option("alpha");
        return new MethodSpec.Lora(
                rank,
                alpha == null ? ALPHA : alpha.doubleValue(),
                0,
                targets,
                List.of(),
                kind().contains("rslora"),
                kind().contains("dora"),
                null,
                0,
                false);
    }

    OptimiserSpec optimiser() {
        return new OptimiserSpec(
                OptimiserSpec.Kind.ADAMW,
                option("lr").doubleValue(),
                option("weight_decay").doubleValue(),
                0.9,
                0.999,
                1e-8,
                0,
                option("max_grad_norm").doubleValue(),
                1);
    }

    ScheduleSpec schedule() {
        int steps = option("steps").intValue();
        int warmup = option("warmup_steps").intValue();
        return new ScheduleSpec(
                ScheduleSpec.Kind.valueOf(option("schedule").stringValue().toUpperCase(Locale.ROOT)),
                1,
                steps,
                0,
                warmup,
                Map.of());
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : curve.get("steps")) {
            steps.add(new Step(
                    step.get("step").intValue(),
                    step.get("loss").doubleValue(),
                    step.get("lr").doubleValue(),
                    step.get("grad_norm").doubleValue(),
                    step.get("num_items").intValue()));
        }
        return steps;
    }

    List<String> notDecayed() {
        List<String> names = new ArrayList<>();
        curve.get("not_decayed").forEach(name -> names.add(name.stringValue()));
        return names;
    }

    Map<String, JsonNode> finalStatistics() {
        Map<String, JsonNode> statistics = new LinkedHashMap<>();
        curve.get("final_statistics").properties().forEach(entry -> statistics.put(entry.getKey(), entry.getValue()));
        return statistics;
    }

    /** PEFT calls magnitudes differently in memory, where the fixtures come from, and in files. */
    String nameInMemory(String name) {
        return name.endsWith(".lora_magnitude_vector") ? name + ".weight" : name;
    }

    Optional<Path> initial() {
        return existing("initial.safetensors");
    }

    Optional<Path> finalTensors() {
        return existing("final.safetensors");
    }

    /** The step a saved state was taken after; 0 where there is none. */
    int resumedAt() {
        return curve.properties().stream()
                .filter(entry -> entry.getKey().startsWith("adam_step_after_step_"))
                .mapToInt(entry -> entry.getValue().intValue())
                .findFirst()
                .orElse(0);
    }

    Path state() {
        return folder.resolve("state_after_step_" + resumedAt() + ".safetensors");
    }

    private Optional<Path> existing(String name) {
        return Optional.of(folder.resolve(name)).filter(Files::exists);
    }
}
