package dev.temper.contract;

/**
 * Which samples make up a step; how they are laid out in memory is another matter.
 *
 * @param perDeviceTrainBatchSize samples times {@code gradientAccumulationSteps} are one step
 * @param tokensPerMicroBatch what is computed at once when packing; 0: as much as the memory budget allows
 */
public record BatchSpec(
        int perDeviceTrainBatchSize,
        int perDeviceEvalBatchSize,
        int gradientAccumulationSteps,
        int tokensPerMicroBatch) {
    public BatchSpec {
        Check.atLeast("batch.perDeviceTrainBatchSize", perDeviceTrainBatchSize, 1);
        Check.atLeast("batch.perDeviceEvalBatchSize", perDeviceEvalBatchSize, 1);
        Check.atLeast("batch.gradientAccumulationSteps", gradientAccumulationSteps, 1);
        Check.atLeast("batch.tokensPerMicroBatch", tokensPerMicroBatch, 0);
    }

    /** Samples of a full step. */
    public int samplesPerStep() {
        return Math.multiplyExact(perDeviceTrainBatchSize, gradientAccumulationSteps);
    }
}
