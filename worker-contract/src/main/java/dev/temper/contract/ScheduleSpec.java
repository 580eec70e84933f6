package dev.temper.contract;

import java.util.Map;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * How long, and how the learning rate goes on the way.
 *
 * @param numTrainEpochs passes over the data, fractions allowed; ignored where {@code maxSteps} is given
 * @param maxSteps optimiser steps; 0 to go by epochs
 * @param warmupRatio the share of steps in which the rate rises from 0; ignored where {@code warmupSteps} is given
 * @param arguments of the schedule: {@code num_cycles}, {@code power}, {@code lr_end}, {@code min_lr_ratio},
 *     {@code num_decay_steps}, {@code num_stable_steps}
 */
public record ScheduleSpec(
        Kind type,
        double numTrainEpochs,
        int maxSteps,
        double warmupRatio,
        int warmupSteps,
        Map<String, Double> arguments) {
    public ScheduleSpec {
        Check.atLeast("schedule.maxSteps", maxSteps, 0);
        if (maxSteps == 0) {
            Check.positive("schedule.numTrainEpochs", numTrainEpochs);
        }
        Check.share("schedule.warmupRatio", warmupRatio);
        Check.atLeast("schedule.warmupSteps", warmupSteps, 0);
        arguments = Map.copyOf(arguments);
    }

    /** The shape of the rate, under the names of transformers. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum Kind {
        CONSTANT,
        CONSTANT_WITH_WARMUP,
        LINEAR,
        COSINE,
        COSINE_WITH_RESTARTS,
        POLYNOMIAL,
        WARMUP_STABLE_DECAY
    }

    /** Steps of rising rate in a run of {@code totalSteps}. */
    public int warmupSteps(int totalSteps) {
        return warmupSteps > 0 ? warmupSteps : (int) Math.ceil(totalSteps * warmupRatio);
    }
}
