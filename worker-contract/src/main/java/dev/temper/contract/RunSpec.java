package dev.temper.contract;

/**
 * One run, complete: this document alone suffices to train, here or on a laptop.
 *
 * <p>Its keys are LLaMA-Factory's where the meaning is the same, in camel case.
 *
 * @param version of this format; {@link #VERSION} is the only one so far
 * @param name for people
 * @param seed of everything random: order, split, initial adapters, dropout
 */
public record RunSpec(
        int version,
        String name,
        Stage stage,
        ModelSpec model,
        MethodSpec method,
        DataSpec data,
        OptimiserSpec optimiser,
        ScheduleSpec schedule,
        BatchSpec batch,
        RegularisationSpec regularisation,
        ComputeSpec compute,
        EvaluationSpec evaluation,
        CheckpointSpec checkpoints,
        OutputSpec output,
        long seed) {
    public static final int VERSION = 1;

    public RunSpec {
        if (version != VERSION) {
            throw CodedException.user(
                    "spec_version_unsupported",
                    "The spec has version " + version + ", this program reads version " + VERSION + ".",
                    version > VERSION ? "Use a newer program." : "Write the spec again.");
        }
        if (evaluation.interval() != Interval.NO && !data.evaluates()) {
            throw Check.invalid(
                    "evaluation.interval", "on", "no, or data.valSize or data.evaluation to have rows to evaluate on");
        }
        if (evaluation.loadBestModelAtEnd() && checkpoints.interval() == Interval.NO) {
            throw Check.invalid(
                    "checkpoints.interval", "no", "steps or epoch, as the best model is restored from a checkpoint");
        }
    }
}
