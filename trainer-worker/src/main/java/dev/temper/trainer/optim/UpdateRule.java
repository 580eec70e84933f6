package dev.temper.trainer.optim;

import dev.temper.trainer.tensor.Tensor;
import java.util.Map;

/** How a group of parameters changes in a step. What it remembers from step to step is its state. */
interface UpdateRule extends AutoCloseable {
    /**
     * Changes the masters; gradients may be used up.
     *
     * @param step from 1
     * @param rate the learning rate of this group
     * @param divisor what gradients are divided by first
     */
    void update(int step, double rate, double divisor);

    /** Tensors by what they are and whose: {@code exp_avg.NAME}. */
    Map<String, Tensor> state();

    @Override
    void close();
}
