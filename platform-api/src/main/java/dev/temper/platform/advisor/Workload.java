package dev.temper.platform.advisor;

import dev.temper.contract.RunSpec;

/**
 * How much a training is.
 *
 * @param rows learned from in an epoch
 * @param heldOut rows that are only measured on
 * @param steps of the whole run
 * @param tokens that it goes through, all epochs together
 */
public record Workload(long rows, long heldOut, long steps, long tokens) {
    /**
     * Counted as the trainer counts.
     *
     * @param usable rows that teach something
     * @param tokens of those, in one epoch
     */
    public static Workload of(RunSpec spec, long usable, long tokens) {
        double held = spec.data().valSize();
        long heldOut = held <= 0 ? 0 : held < 1 ? Math.round(usable * held) : Math.min(usable, Math.round(held));
        long rows = Math.max(0, usable - heldOut);
        if (rows == 0) {
            return new Workload(0, heldOut, 0, 0);
        }
        long perEpoch = Math.ceilDiv(rows, spec.batch().samplesPerStep());
        long steps = spec.schedule().maxSteps() > 0
                ? spec.schedule().maxSteps()
                : (long) Math.max(1, Math.ceil(spec.schedule().numTrainEpochs() * perEpoch));
        double share = (double) rows / usable * steps / perEpoch;
        return new Workload(rows, heldOut, steps, Math.round(tokens * share));
    }
}
