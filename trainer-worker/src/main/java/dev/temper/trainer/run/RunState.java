package dev.temper.trainer.run;

import org.jspecify.annotations.Nullable;

/**
 * Where a run is, besides its tensors. Order of the data, schedule and random numbers follow from the step alone.
 *
 * @param step done
 * @param tokens trained on, padding there is none
 * @param supervisedTokens labels among them
 * @param lossSum of the steps since the last line of the log
 * @param lossSteps how many those are
 * @param lossTotal of all steps
 * @param emptySteps steps without a label, which changed nothing
 * @param seconds of training
 * @param best value of the metric so far
 * @param bestStep the step of it
 * @param stale evaluations since then
 * @param evaluatedAt the step of the last evaluation
 */
public record RunState(
        int step,
        long tokens,
        long supervisedTokens,
        double lossSum,
        int lossSteps,
        double lossTotal,
        int emptySteps,
        double seconds,
        @Nullable Double best,
        int bestStep,
        int stale,
        int evaluatedAt) {
    static final RunState START = new RunState(0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0, 0);

    RunState trained(long stepTokens, long labels, double loss, double stepSeconds) {
        boolean empty = labels == 0;
        return new RunState(
                step + 1,
                tokens + stepTokens,
                supervisedTokens + labels,
                lossSum + loss,
                lossSteps + (empty ? 0 : 1),
                lossTotal + loss,
                emptySteps + (empty ? 1 : 0),
                seconds + stepSeconds,
                best,
                bestStep,
                stale,
                evaluatedAt);
    }

    RunState logged() {
        return new RunState(
                step,
                tokens,
                supervisedTokens,
                0,
                0,
                lossTotal,
                emptySteps,
                seconds,
                best,
                bestStep,
                stale,
                evaluatedAt);
    }

    /** @param value of the metric, the smaller the better */
    RunState evaluated(double value) {
        boolean better = best == null || value < best;
        return new RunState(
                step,
                tokens,
                supervisedTokens,
                lossSum,
                lossSteps,
                lossTotal,
                emptySteps,
                seconds,
                better ? Double.valueOf(value) : best,
                better ? step : bestStep,
                better ? 0 : stale + 1,
                step);
    }

    /** The mean loss since the last line of the log. */
    double meanLoss() {
        return lossSteps == 0 ? 0 : lossSum / lossSteps;
    }

    /** The mean loss of all steps that learned something. */
    public double trainLoss() {
        int learned = step - emptySteps;
        return learned == 0 ? 0 : lossTotal / learned;
    }
}
