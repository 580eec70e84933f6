package dev.temper.platform.advisor;

import dev.temper.contract.EvaluationSpec;
import dev.temper.contract.Interval;
import dev.temper.contract.MethodSpec;
import dev.temper.contract.Precision;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.platform.advisor.Situation.Machine;
import dev.temper.platform.advisor.Situation.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The product's advice on settings. The same situation always has the same advice; each rule stands in a method of its own,
 * and its words under its code.
 */
public final class Advisor {
    private static final long FEW = 1_000;
    private static final long VERY_FEW = 500;
    private static final long MANY = 10_000;
    private static final long VERY_MANY = 100_000;
    private static final long MILLIONS = 1_000_000;
    private static final long LEAST_TO_HOLD_OUT = 50;
    private static final long SCARCE = 12L << 30;
    private static final int STEP = 16;
    private static final long FEW_STEPS = 10;
    private static final long BILLION = 1_000_000_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Situation situation;
    private final RunSpec chosen;
    private final long rows;

    private Advisor(Situation situation) {
        this.situation = situation;
        this.chosen = situation.chosen();
        this.rows = situation.rows().count();
    }

    /** What each setting that matters for the chosen method should be. */
    public static List<Advice> advise(Situation situation) {
        return new Advisor(situation).all();
    }

    /** Chosen values that leave what is usual, and choices that do not go together. */
    public static List<Warning> warn(Situation situation) {
        return new Advisor(situation).warnings();
    }

    private List<Advice> all() {
        List<Advice> all = new ArrayList<>();
        switch (chosen.method()) {
            case MethodSpec.Lora lora -> {
                all.add(rank());
                all.add(alpha(lora));
                all.add(dropout());
            }
            case MethodSpec.Partial _ -> layers(all);
            case MethodSpec.Full _, MethodSpec.Ia3 _ -> {}
        }
        all.add(rate());
        all.add(epochs());
        batch(all);
        all.add(Advice.of("schedule.warmupRatio", 0.1, "warmup", 0, 0.2));
        cutoff(all);
        evaluation(all);
        precision(all);
        return List.copyOf(all);
    }

    private Advice rank() {
        if (rows >= VERY_MANY) {
            return Advice.of("method.rank", 32L, "rank_large", 16, 64).with("rows", rows);
        }
        return rows >= MANY
                ? Advice.of("method.rank", 16L, "rank_complex", 8, 64).with("rows", rows)
                : Advice.of("method.rank", 8L, "rank_simple", 4, 64).with("rows", rows);
    }

    private static Advice alpha(MethodSpec.Lora lora) {
        return Advice.of("method.alpha", 2L * lora.rank(), "alpha", lora.rank(), 4.0 * lora.rank());
    }

    private Advice dropout() {
        return rows < FEW
                ? Advice.of("method.dropout", 0.3, "dropout_small", 0.1, 0.5).with("rows", rows)
                : Advice.of("method.dropout", 0.05, "dropout_large", 0, 0.1).with("rows", rows);
    }

    /** The bottom two thirds keep what the model knows of language: 20 of 30, scaled to its depth. */
    private void layers(List<Advice> all) {
        Model model = situation.model();
        if (model != null) {
            long top = Math.max(1, Math.round(model.layers() / 3.0));
            all.add(new Advice(
                    "method.freezeTrainableLayers",
                    top,
                    "freeze",
                    Map.of("frozen", model.layers() - top, "layers", model.layers()),
                    1.0,
                    Math.max(1, model.layers() / 2.0)));
        }
    }

    private Advice rate() {
        String setting = "optimiser.learningRate";
        return switch (chosen.method()) {
            case MethodSpec.Lora _ -> Advice.of(setting, 1e-4, "rate_lora", 1e-5, 5e-4);
            case MethodSpec.Partial _ -> Advice.of(setting, 5e-5, "rate_partial", 1e-5, 1e-4);
            case MethodSpec.Full _ -> Advice.of(setting, fullRate(), "rate_full", 1e-6, 5e-5);
            case MethodSpec.Ia3 _ -> Advice.of(setting, 5e-3, "rate_ia3", 1e-3, 1e-2);
        };
    }

    private double fullRate() {
        Model model = situation.model();
        if (model == null || model.parameters() >= BILLION) {
            return model != null && model.parameters() >= 10 * BILLION ? 5e-6 : 1e-5;
        }
        return 2e-5;
    }

    private Advice epochs() {
        String setting = "schedule.numTrainEpochs";
        if (chosen.method() instanceof MethodSpec.Full && rows >= MILLIONS) {
            return Advice.of(setting, 5L, "epochs_millions", 5, 10).with("rows", rows);
        }
        return rows < FEW
                ? Advice.of(setting, 5L, "epochs_small", 3, 5).with("rows", rows)
                : Advice.of(setting, 3L, "epochs", 3, 5);
    }

    /** Where memory is short, the same step is made of smaller batches. */
    private void batch(List<Advice> all) {
        Machine machine = situation.machine();
        boolean scarce = machine != null && machine.memoryBytes() < SCARCE;
        boolean few = rows < VERY_FEW;
        long size = scarce ? 1 : 2;
        long step = few ? STEP / 2 : STEP;
        String rule = few ? "batch_small" : scarce ? "batch_scarce" : "batch";
        Map<String, Object> facts = few ? Map.of("rows", rows) : Map.of();
        all.add(new Advice("batch.perDeviceTrainBatchSize", size, rule, facts, 1.0, 64.0));
        all.add(new Advice("batch.gradientAccumulationSteps", step / size, rule, facts, 1.0, 64.0));
    }

    private void cutoff(List<Advice> all) {
        int longest = situation.rows().longest();
        Model model = situation.model();
        if (longest > 0) {
            long fits = Math.max(64, Math.ceilDiv(longest, 64) * 64L);
            long most = model == null || model.context() == 0 ? 131_072 : model.context();
            all.add(new Advice(
                    "data.cutoffLen",
                    Math.min(fits, most),
                    fits > most ? "cutoff_context" : "cutoff_longest",
                    Map.of("longest", longest),
                    (double) Math.min(64, most),
                    (double) most));
        }
    }

    private void evaluation(List<Advice> all) {
        if (rows >= LEAST_TO_HOLD_OUT) {
            double held = rows < MANY ? 0.1 : Math.max(0.001, Math.round(1e3 * VERY_FEW / rows) / 1e3);
            all.add(Advice.of("data.valSize", held, "held_out", 0, 0.3).with("rows", rows));
        }
        if (rows >= LEAST_TO_HOLD_OUT && rows < FEW) {
            all.add(Advice.of("evaluation.earlyStoppingPatience", 2L, "early_stopping", 0, 10)
                    .with("rows", rows));
        }
    }

    private void precision(List<Advice> all) {
        Machine machine = situation.machine();
        if (machine != null) {
            all.add(new Advice(
                    "compute.precision",
                    machine.bf16() ? "bf16" : "fp32",
                    machine.bf16() ? "precision_bf16" : "precision_fp32",
                    Map.of(),
                    null,
                    null));
        }
    }

    private List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        JsonNode spec = JSON.readTree(RunSpecJson.write(chosen));
        for (Advice advice : all()) {
            JsonNode value = spec.at("/" + advice.setting().replace('.', '/'));
            if (value.isNumber() && !advice.allows(value.asDouble())) {
                warnings.add(new Warning(
                        advice.setting(),
                        "outside_range",
                        Map.of(
                                "chosen", shown(value.asDouble()),
                                "least", shown(advice.least()),
                                "most", shown(advice.most()))));
            }
        }
        together(warnings);
        return List.copyOf(warnings);
    }

    private void together(List<Warning> warnings) {
        int step = chosen.batch().samplesPerStep();
        if (step < 4 || step > 256) {
            warnings.add(new Warning("batch.gradientAccumulationSteps", "step_size", Map.of("step", step)));
        }
        if (chosen.method() instanceof MethodSpec.Full && rows < MANY) {
            warnings.add(new Warning("method.type", "full_few_rows", Map.of("rows", rows)));
        }
        // The rate grows from nothing and falls to nothing again: a run of one step has none at all.
        long steps = Workload.of(chosen, rows, 0).steps();
        if (steps > 0 && steps < FEW_STEPS) {
            String most = chosen.schedule().maxSteps() > 0 ? "schedule.maxSteps" : "schedule.numTrainEpochs";
            warnings.add(new Warning(most, "few_steps", Map.of("steps", steps)));
        }
        EvaluationSpec evaluation = chosen.evaluation();
        boolean stops = evaluation.interval() != Interval.NO && evaluation.earlyStoppingPatience() > 0;
        if (rows < FEW && chosen.schedule().numTrainEpochs() > 5 && !stops) {
            warnings.add(new Warning("evaluation.earlyStoppingPatience", "no_early_stopping", Map.of("rows", rows)));
        }
        Machine machine = situation.machine();
        if (machine != null && !machine.bf16() && chosen.compute().precision() == Precision.BF16) {
            warnings.add(new Warning("compute.precision", "bf16_slow", Map.of()));
        }
    }

    /** As people write rates: 1.0E-5 is 1e-5, 16.0 is 16. */
    static String shown(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        if (value != 0 && Math.abs(value) < 1e-3) {
            return Double.toString(value).replace(".0E", "e").replace('E', 'e');
        }
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
    }
}
