package dev.temper.platform.advisor;

import dev.temper.contract.EvaluationSpec;
import dev.temper.contract.Interval;
import dev.temper.contract.RunSpec;

/** What it costs to have a model answer while it learns. */
public final class Asking {
    /** Answers grow token by token, each of which reads all weights: as dear as so many tokens that are learned at once. */
    private static final long TOKEN = 20;

    private Asking() {}

    /** As tokens that could be learned meanwhile; all prompts of a moment are answered together. */
    public static long tokens(RunSpec spec, Workload workload) {
        EvaluationSpec evaluation = spec.evaluation();
        long asked = Math.min(evaluation.samples(), workload.heldOut())
                + evaluation.prompts().size();
        return asked == 0 ? 0 : moments(spec, workload) * evaluation.sampleTokens() * TOKEN;
    }

    /** Before the first step, at each evaluation or else checkpoint, and at the end. */
    private static long moments(RunSpec spec, Workload workload) {
        boolean evaluates = spec.evaluation().interval() != Interval.NO && workload.heldOut() > 0;
        Interval interval =
                evaluates ? spec.evaluation().interval() : spec.checkpoints().interval();
        long steps = evaluates ? spec.evaluation().steps() : spec.checkpoints().steps();
        return 1
                + switch (interval) {
                    case NO -> 1;
                    case STEPS -> Math.ceilDiv(workload.steps(), steps);
                    case EPOCH -> Math.max(1, (long) Math.ceil(spec.schedule().numTrainEpochs()));
                };
    }
}
