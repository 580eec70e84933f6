package dev.temper.contract;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * What the run computes on.
 *
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
 * @param pureBf16 whether trained weights are kept in bf16 too
 * @param threads 0: as many as there are cores
 * @param memoryBudget bytes the run may take; 0: what the machine has to give
 */
public record ComputeSpec(
        String device,
        Precision precision,
        boolean pureBf16,
        Checkpointing gradientCheckpointing,
        int threads,
        long memoryBudget) {
    public ComputeSpec {
        if (!device.matches("auto|cpu|cuda(:\\d{1,3})?")) {
            throw Check.invalid("compute.device", device, "auto, cpu, cuda or cuda:n");
        }
        Check.atLeast("compute.threads", threads, 0);
        Check.atLeast("compute.memoryBudget", (double) memoryBudget, 0);
    }

    /** Which layers compute their activations again in the backward pass rather than keep them. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum Checkpointing {
        /** As few layers as the memory budget allows. */
        AUTO,
        ALL,
        NONE
    }
}
