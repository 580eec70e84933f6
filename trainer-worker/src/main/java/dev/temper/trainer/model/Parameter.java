package dev.temper.trainer.model;

import dev.temper.trainer.tensor.Tensor;

/**
 * One tensor that learns.
 *
 * @param name in checkpoints and files: a weight's name in the model, or in a PEFT adapter
 * @param master fp32, what the optimiser changes
 * @param gradient fp32, of the same shape; the sum over the micro-batches of a step
 * @param level 0 for the embedding, i + 1 for layer i, layers + 1 for final norm and head
 * @param decayed whether weight decay applies: not to norms and biases
 * @param rateFactor what the learning rate is multiplied by for this one
 */
public record Parameter(String name, Tensor master, Tensor gradient, int level, boolean decayed, double rateFactor) {
    public long elements() {
        return master.elements();
    }
}
