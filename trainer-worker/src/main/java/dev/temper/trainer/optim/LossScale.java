package dev.temper.trainer.optim;

/**
 * The factor that keeps fp16 gradients from vanishing: halved when a step overflowed, doubled after a long time
 * without (Micikevicius et al., 2018). Other precisions use 1.
 *
 * @param value the factor
 * @param goodSteps in a row since it last changed
 */
public record LossScale(double value, int goodSteps) {
    public static final LossScale NONE = new LossScale(1, 0);
    private static final int PATIENCE = 2_000;
    private static final double LEAST = 1;

    /** Where fp16 starts. */
    public static LossScale start() {
        return new LossScale(65_536, 0);
    }

    /** The factor for the next step. */
    public LossScale after(boolean applied) {
        if (this.equals(NONE)) {
            return NONE;
        }
        if (!applied) {
            return new LossScale(Math.max(LEAST, value / 2), 0);
        }
        return goodSteps + 1 < PATIENCE ? new LossScale(value, goodSteps + 1) : new LossScale(value * 2, 0);
    }
}
