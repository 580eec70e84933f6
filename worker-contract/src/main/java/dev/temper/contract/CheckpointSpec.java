package dev.temper.contract;

/**
 * When the run is made safe.
 *
 * @param steps between checkpoints by steps
 * @param keep the newest ones stay, the best one besides; 0 keeps all
 * @param saveOnlyModel leaves the optimiser out: smaller, but nothing can be resumed from it
 */
public record CheckpointSpec(Interval interval, int steps, int keep, boolean saveOnlyModel) {
    public CheckpointSpec {
        Check.atLeast("checkpoints.steps", steps, 1);
        Check.atLeast("checkpoints.keep", keep, 0);
    }
}
