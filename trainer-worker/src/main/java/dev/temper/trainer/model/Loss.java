package dev.temper.trainer.model;

/**
 * What a micro-batch lost.
 *
 * @param sum of the cross entropies of its targets, in nats
 * @param correct targets that were the likeliest token; counted in evaluation only
 * @param targets how many there were
 */
public record Loss(double sum, long correct, long targets) {
    public static final Loss NONE = new Loss(0, 0, 0);

    public Loss plus(Loss other) {
        return new Loss(sum + other.sum, correct + other.correct, targets + other.targets);
    }
}
