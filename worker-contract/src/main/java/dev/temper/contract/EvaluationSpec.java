package dev.temper.contract;

/**
 * When the held-out rows are looked at, and what follows from it.
 *
 * @param steps between evaluations by steps
 * @param onStart whether they are looked at before the first step, too: what the untouched model makes of them
 * @param computeAccuracy whether the share of tokens predicted right is reported too
 * @param earlyStoppingPatience evaluations without a better metric after which the run ends; 0 to never end early
 * @param metricForBestModel {@code eval_loss} or {@code eval_accuracy}
 * @param samples answers generated to held-out prompts at each evaluation
 */
public record EvaluationSpec(
        Interval interval,
        int steps,
        boolean onStart,
        boolean computeAccuracy,
        int earlyStoppingPatience,
        boolean loadBestModelAtEnd,
        String metricForBestModel,
        int samples) {
    public EvaluationSpec {
        Check.atLeast("evaluation.steps", steps, 1);
        Check.atLeast("evaluation.earlyStoppingPatience", earlyStoppingPatience, 0);
        Check.oneOf("evaluation.metricForBestModel", metricForBestModel, "eval_loss", "eval_accuracy");
        Check.atLeast("evaluation.samples", samples, 0);
        computeAccuracy |= metricForBestModel.equals("eval_accuracy");
        if (interval == Interval.NO && (earlyStoppingPatience > 0 || loadBestModelAtEnd)) {
            throw Check.invalid(
                    "evaluation.interval",
                    "no",
                    "steps or epoch, as early stopping and the best model are known by it");
        }
    }
}
