package dev.temper.contract;

import java.util.List;

/**
 * When the held-out rows are looked at, and what follows from it.
 *
 * @param steps between evaluations by steps
 * @param onStart whether they are looked at before the first step, too: what the untouched model makes of them
 * @param computeAccuracy whether the share of tokens predicted right is reported too
 * @param earlyStoppingPatience evaluations without a better metric after which the run ends; 0 to never end early
 * @param metricForBestModel {@code eval_loss} or {@code eval_accuracy}
 * @param samples how many held-out prompts are answered before the first step, at each evaluation and at the end; where
 *     nothing is evaluated, at each checkpoint in place of evaluations
 * @param prompts others that are answered then, in a user's words
 * @param sampleTokens the longest answer
 */
public record EvaluationSpec(
        Interval interval,
        int steps,
        boolean onStart,
        boolean computeAccuracy,
        int earlyStoppingPatience,
        boolean loadBestModelAtEnd,
        String metricForBestModel,
        int samples,
        List<String> prompts,
        int sampleTokens) {
    private static final int MOST_PROMPTS = 20;
    private static final int MOST_TOKENS = 4_096;

    public EvaluationSpec {
        Check.atLeast("evaluation.steps", steps, 1);
        Check.atLeast("evaluation.earlyStoppingPatience", earlyStoppingPatience, 0);
        Check.oneOf("evaluation.metricForBestModel", metricForBestModel, "eval_loss", "eval_accuracy");
        Check.atLeast("evaluation.samples", samples, 0);
        prompts = List.copyOf(prompts);
        prompts.forEach(prompt -> Check.notBlank("evaluation.prompts", prompt));
        if (samples + prompts.size() > MOST_PROMPTS) {
            throw Check.invalid(
                    "evaluation.samples",
                    "more, with prompts, than " + MOST_PROMPTS,
                    "fewer: each is answered again and again while training waits");
        }
        Check.atLeast("evaluation.sampleTokens", sampleTokens, 1);
        if (sampleTokens > MOST_TOKENS) {
            throw Check.invalid("evaluation.sampleTokens", sampleTokens + "", "at most " + MOST_TOKENS);
        }
        computeAccuracy |= metricForBestModel.equals("eval_accuracy");
        if (interval == Interval.NO && (earlyStoppingPatience > 0 || loadBestModelAtEnd)) {
            throw Check.invalid(
                    "evaluation.interval",
                    "no",
                    "steps or epoch, as early stopping and the best model are known by it");
        }
    }
}
