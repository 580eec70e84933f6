package dev.temper.trainer.data;

import dev.temper.contract.BatchSpec;
import dev.temper.contract.ScheduleSpec;

/**
 * Which samples of which epoch make up each step. The last step of an epoch takes what is left.
 *
 * @param samples of an epoch
 * @param batchSize samples of a batch
 * @param samplesPerStep batch size times accumulation
 * @param totalSteps of the run
 */
public record StepPlan(int samples, int batchSize, int samplesPerStep, int totalSteps) {
    /** A step's samples: those of an epoch's order from one place to another. */
    public record Slice(int epoch, int from, int to) {}

    public static StepPlan of(int samples, BatchSpec batch, ScheduleSpec schedule) {
        int perStep = batch.samplesPerStep();
        int perEpoch = Math.ceilDiv(samples, perStep);
        int total = schedule.maxSteps() > 0
                ? schedule.maxSteps()
                : (int) Math.max(1, Math.ceil(schedule.numTrainEpochs() * perEpoch));
        return new StepPlan(samples, batch.perDeviceTrainBatchSize(), perStep, total);
    }

    public int stepsPerEpoch() {
        return Math.ceilDiv(samples, samplesPerStep);
    }

    /** @param step from 1 */
    public Slice slice(int step) {
        int inEpoch = (step - 1) % stepsPerEpoch();
        int from = inEpoch * samplesPerStep;
        return new Slice((step - 1) / stepsPerEpoch(), from, Math.min(samples, from + samplesPerStep));
    }

    /** Epochs done after a step, in fractions: by batches, as transformers counts. */
    public double epochs(int step) {
        Slice last = slice(Math.max(1, step));
        double batches = Math.ceilDiv(samples, batchSize);
        return step == 0 ? 0 : last.epoch() + Math.ceilDiv(last.to(), batchSize) / batches;
    }

    public boolean endsEpoch(int step) {
        return step % stepsPerEpoch() == 0;
    }
}
