package dev.temper.trainer.optim;

import dev.temper.contract.ScheduleSpec;
import java.util.Map;

/**
 * The share of the learning rate a step gets, as transformers computes it.
 *
 * @param totalSteps of the run
 * @param warmupSteps in which the rate rises from 0
 * @param arguments of the shape, under transformers' names
 */
public record Schedule(ScheduleSpec.Kind kind, int totalSteps, int warmupSteps, Map<String, Double> arguments) {
    public static Schedule of(ScheduleSpec spec, int totalSteps) {
        return new Schedule(spec.type(), totalSteps, spec.warmupSteps(totalSteps), spec.arguments());
    }

    /**
     * What the learning rate is multiplied by.
     *
     * @param step of the optimiser, from 1
     */
    public double factor(int step, double learningRate) {
        int done = step - 1;
        if (kind == ScheduleSpec.Kind.CONSTANT) {
            return 1;
        }
        if (done < warmupSteps) {
            double risen = (double) done / Math.max(1, warmupSteps);
            return kind == ScheduleSpec.Kind.WARMUP_STABLE_DECAY ? between(least(), risen) : risen;
        }
        double progress = (double) (done - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        return switch (kind) {
            case CONSTANT, CONSTANT_WITH_WARMUP -> 1;
            case LINEAR -> Math.max(0, (double) (totalSteps - done) / Math.max(1, totalSteps - warmupSteps));
            case COSINE -> Math.max(0, cosine(argument("num_cycles", 0.5) * 2 * progress));
            case COSINE_WITH_RESTARTS ->
                progress >= 1 ? 0 : Math.max(0, cosine(argument("num_cycles", 1) * progress % 1));
            case POLYNOMIAL -> polynomial(done, learningRate);
            case WARMUP_STABLE_DECAY -> stableThenDecay(done - warmupSteps);
        };
    }

    /** The learning rate of a step, from 1, where its peak is {@code learningRate}. */
    public double rate(int step, double learningRate) {
        return learningRate * factor(step, learningRate);
    }

    private double polynomial(int done, double learningRate) {
        double end = argument("lr_end", 1e-7) / learningRate;
        if (done > totalSteps) {
            return end;
        }
        double remaining = 1 - (double) (done - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        return (1 - end) * Math.pow(remaining, argument("power", 1)) + end;
    }

    private double stableThenDecay(int done) {
        int decay = (int) argument("num_decay_steps", Math.max(1, (totalSteps - warmupSteps) / 10));
        int stable = (int) argument("num_stable_steps", Math.max(0, totalSteps - warmupSteps - decay));
        if (done < stable) {
            return 1;
        }
        if (done >= stable + decay) {
            return least();
        }
        double progress = (double) (done - stable) / Math.max(1, decay);
        return between(least(), cosine(argument("num_cycles", 0.5) * 2 * progress));
    }

    /** From 1 at 0 over 0 at 1 and back. */
    private static double cosine(double turns) {
        return 0.5 * (1 + Math.cos(Math.PI * turns));
    }

    private static double between(double least, double share) {
        return Math.max(0, share * (1 - least) + least);
    }

    private double least() {
        return argument("min_lr_ratio", 0);
    }

    private double argument(String name, double otherwise) {
        return arguments.getOrDefault(name, otherwise);
    }
}
