package dev.temper.model.memory;

import dev.temper.contract.CodedException;
import dev.temper.contract.ComputeSpec;
import dev.temper.contract.RunSpec;
import dev.temper.model.DecoderConfig;
import dev.temper.model.ModelFacts;
import dev.temper.model.TrainedModules;
import java.util.function.BiFunction;

/**
 * How a run fits in memory, decided before its first step.
 *
 * @param tokenBudget of a micro-batch
 * @param recomputedLayers how many layers compute their activations again
 * @param estimate what that takes
 */
public record MemoryPlan(int tokenBudget, int recomputedLayers, MemoryEstimate estimate) {
    /** Enough tokens for the kernels to be fast; more only take memory. Measured: 512 cost a tenth of the speed. */
    private static final int CPU_TOKENS = 640;

    private static final int CUDA_TOKENS = 8192;

    /**
     * What a run has of its machine.
     *
     * @param bytesPerNumber of the type it computes with
     * @param available bytes, where the spec names no budget
     */
    public record Room(boolean cuda, int bytesPerNumber, long available) {}

    /**
     * Chooses as few recomputed layers as fit, then a smaller micro-batch. A run decides by this, and so does a form
     * that tells before the queue whether a run will fit.
     *
     * @param longest tokens of the longest sample, which no micro-batch can be smaller than
     * @param fixedTokens what a checkpoint was made with; 0 to choose
     * @throws CodedException {@code memory_too_small}, with the parts of the least there is to it
     */
    public static MemoryPlan of(ModelFacts facts, RunSpec spec, Room room, int longest, int fixedTokens) {
        DecoderConfig config = facts.config();
        int frozen = TrainedModules.of(config, spec.method()).frozenLayers(config);
        return of(
                spec,
                room,
                longest,
                config.layers() - frozen,
                fixedTokens,
                (tokens, recomputed) -> MemoryEstimate.of(facts, spec, room.bytesPerNumber(), tokens, recomputed));
    }

    static MemoryPlan of(
            RunSpec spec,
            Room room,
            int longest,
            int trainedLayers,
            int fixedTokens,
            BiFunction<Integer, Integer, MemoryEstimate> estimates) {
        long budget = spec.compute().memoryBudget() > 0 ? spec.compute().memoryBudget() : room.available();
        int asked = spec.batch().tokensPerMicroBatch() > 0
                ? spec.batch().tokensPerMicroBatch()
                : room.cuda() ? CUDA_TOKENS : CPU_TOKENS;
        int tokens = fixedTokens > 0 ? fixedTokens : asked;
        ComputeSpec.Checkpointing checkpointing = spec.compute().gradientCheckpointing();
        int least = checkpointing == ComputeSpec.Checkpointing.ALL ? trainedLayers : 0;
        int most = checkpointing == ComputeSpec.Checkpointing.NONE ? 0 : trainedLayers;
        while (true) {
            int largest = largest(spec, tokens, longest);
            for (int recomputed = least; recomputed <= most; recomputed++) {
                MemoryEstimate estimate = estimates.apply(largest, recomputed);
                if (estimate.total() <= budget) {
                    return new MemoryPlan(tokens, recomputed, estimate);
                }
            }
            if (fixedTokens > 0 || tokens <= longest || !spec.data().packing()) {
                throw tooLittle(estimates.apply(largest, most), budget);
            }
            tokens = Math.max(longest, tokens / 2);
        }
    }

    private static int largest(RunSpec spec, int tokens, int longest) {
        return spec.data().packing()
                ? Math.max(tokens, longest)
                : Math.multiplyExact(spec.batch().perDeviceTrainBatchSize(), longest);
    }

    private static CodedException tooLittle(MemoryEstimate estimate, long budget) {
        return CodedException.resources(
                        "memory_too_small",
                        "The run needs about %,d MiB at the least, and there are %,d MiB."
                                .formatted(estimate.total() >> 20, budget >> 20),
                        "Use bf16, a lower cutoff, a smaller batch, LoRA or fewer trained layers, or more memory.")
                .with("needed", estimate.total())
                .with("budget", budget)
                .with("parts", estimate.parts());
    }
}
