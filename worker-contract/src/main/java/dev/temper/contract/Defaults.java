package dev.temper.contract;

import java.util.List;
import java.util.Map;

/** What a spec means where it says nothing; the one place that knows. */
public final class Defaults {
    /** Stands where a spec has to say something; never reaches a finished spec. */
    static final String REQUIRED = "<required>";

    private Defaults() {}

    public static ModelSpec model(String path) {
        return new ModelSpec(path, null, null, null, false, List.of(), List.of());
    }

    public static MethodSpec.Lora lora() {
        return new MethodSpec.Lora(8, null, 0, List.of("all"), List.of(), false, false, null, 1e-6, false);
    }

    public static MethodSpec.Partial partial() {
        return new MethodSpec.Partial(2, List.of("all"), List.of(), false);
    }

    public static DataSpec data(List<DataSource> train) {
        return new DataSpec(
                train,
                List.of(),
                0,
                Mixing.CONCAT,
                "auto",
                null,
                2048,
                false,
                false,
                true,
                true,
                false,
                true,
                null,
                Compatibility.NONE);
    }

    /** Rates known to work: low for all weights, ten times that for adapters. */
    public static OptimiserSpec optimiser(MethodSpec method) {
        double rate = switch (method) {
            case MethodSpec.Full() -> 1e-5;
            case MethodSpec.Lora _ -> 1e-4;
            case MethodSpec.Partial _ -> 5e-5;
            // Factors around one move by their own size, not by that of weights.
            case MethodSpec.Ia3() -> 5e-3;
        };
        return new OptimiserSpec(OptimiserSpec.Kind.ADAMW, rate, 0, 0.9, 0.999, 1e-8, 0, 1, 1);
    }

    public static ScheduleSpec schedule() {
        return new ScheduleSpec(ScheduleSpec.Kind.COSINE, 3, 0, 0.1, 0, Map.of());
    }

    public static BatchSpec batch() {
        return new BatchSpec(2, 8, 8, 0);
    }

    public static ComputeSpec compute() {
        return new ComputeSpec("auto", Precision.AUTO, false, ComputeSpec.Checkpointing.AUTO, 0, 0);
    }

    public static EvaluationSpec evaluation() {
        return new EvaluationSpec(Interval.NO, 100, false, false, 0, false, "eval_loss", 0, List.of(), 128);
    }

    public static CheckpointSpec checkpoints() {
        return new CheckpointSpec(Interval.STEPS, 100, 2, false);
    }

    public static OutputSpec output() {
        return new OutputSpec(null, List.of(OutputFormat.TRAINED), 10, true, false);
    }

    /** A supervised run of a method over rows, all else by default. */
    public static RunSpec run(ModelSpec model, MethodSpec method, DataSpec data) {
        return new RunSpec(
                RunSpec.VERSION,
                "run",
                Stage.SFT,
                model,
                method,
                data,
                optimiser(method),
                schedule(),
                batch(),
                new RegularisationSpec(0, 0),
                compute(),
                evaluation(),
                checkpoints(),
                output(),
                42);
    }

    /** The defaults for one method, by its name in a spec, with {@link #REQUIRED} where there is none. */
    static RunSpec template(String method) {
        MethodSpec settings = switch (method) {
            case "full" -> new MethodSpec.Full();
            case "partial" -> partial();
            case "ia3" -> new MethodSpec.Ia3();
            default -> lora();
        };
        return run(model(REQUIRED), settings, data(List.of(DataSource.of(REQUIRED))));
    }
}
