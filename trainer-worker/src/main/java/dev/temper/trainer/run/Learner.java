package dev.temper.trainer.run;

import dev.temper.trainer.data.MicroBatch;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.Loss;
import java.nio.file.Path;

/** A model in training as the loop sees it: gradients, updates, and all of its state in and out of a folder. */
interface Learner extends AutoCloseable {
    /**
     * Runs a micro-batch forth and back; gradients add up until {@link #update}.
     *
     * @param step from 1
     * @param microBatch of this step, from 0
     * @param labels of the whole step: what its loss is divided by
     */
    Loss forwardBackward(MicroBatch batch, int step, int microBatch, long labels);

    /** What the loss of a step is divided by, as far as this micro-batch goes. */
    long items(PackedBatch batch);

    /** Changes the weights by the gradients, and forgets those. */
    Update update(int step);

    /**
     * What became of gradients.
     *
     * @param norm of all together, before they are clipped
     * @param applied false where they were not finite and nothing was changed
     * @param expected whether that happens now and then and is seen to, as with fp16's loss scale
     */
    record Update(double norm, boolean applied, boolean expected) {}

    /** The learning rate of a step. */
    double rate(int step);

    /** The loss without dropout or gradients. */
    Loss evaluate(PackedBatch batch);

    /**
     * What trains and the optimiser's state, to be written; without the latter nothing can be resumed.
     *
     * @param copied as it is now, whatever the training does next; else it has to be written before that goes on
     */
    Snapshot snapshot(boolean withOptimiser, boolean copied);

    /** What a copied snapshot takes, in bytes. */
    long snapshotBytes(boolean withOptimiser);

    /** Takes over what a {@link Snapshot} wrote. */
    void load(Path folder);

    /** Takes over what trains, but not the optimiser's state. */
    void loadTrained(Path folder);

    @Override
    void close();
}
