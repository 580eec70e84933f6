package dev.temper.model.weights;

import java.util.Optional;

/**
 * The low-rank part of one module: what is added to its weight is {@code scale · b · a}.
 *
 * @param module the module's name in the base model
 * @param a [rank, in]; of an embedding [rank, vocabulary]
 * @param b [out, rank]; of an embedding [hidden, rank]
 * @param magnitude DoRA's length of each output row, [out]
 * @param embedding the module is an embedding, whose weight is the product's transpose
 * @param scale alpha/rank, or alpha/√rank for rank-stabilised LoRA
 */
public record LoraWeights(
        String module, Weight a, Weight b, Optional<Weight> magnitude, boolean embedding, double scale) {
    public int rank() {
        return Math.toIntExact(a.shape().sizes().getFirst());
    }
}
