package dev.temper.contract;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * How gradients become updates.
 *
 * @param learningRate at the top of the schedule
 * @param momentum of SGD
 * @param maxGradNorm gradients are scaled down to this global norm; 0 leaves them alone
 * @param layerDecay the rate of a layer is the rate times this to the power of its distance from the top; 1 for none
 */
public record OptimiserSpec(
        Kind type,
        double learningRate,
        double weightDecay,
        double adamBeta1,
        double adamBeta2,
        double adamEpsilon,
        double momentum,
        double maxGradNorm,
        double layerDecay) {
    public OptimiserSpec {
        Check.positive("optimiser.learningRate", learningRate);
        Check.atLeast("optimiser.weightDecay", weightDecay, 0);
        Check.share("optimiser.adamBeta1", adamBeta1);
        Check.share("optimiser.adamBeta2", adamBeta2);
        Check.atLeast("optimiser.adamEpsilon", adamEpsilon, 0);
        Check.share("optimiser.momentum", momentum);
        Check.atLeast("optimiser.maxGradNorm", maxGradNorm, 0);
        Check.positive("optimiser.layerDecay", layerDecay);
    }

    /** The rule. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum Kind {
        ADAMW,
        SGD,
        ADAFACTOR
    }
}
