package dev.temper.trainer.model;

import dev.temper.model.DecoderConfig;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;

/**
 * Keys and values of all tokens so far, in one layer.
 *
 * @param whole keys, then values, [2, sequences, key heads, room, head]
 * @param keys its keys as attention reads them, over the same memory
 * @param values its values likewise
 */
record TokenCache(Tensor whole, Tensor keys, Tensor values) implements AutoCloseable {
    static TokenCache of(Kernels kernels, DecoderConfig config, DType precision, int sequences, int room) {
        int shared = config.heads() / config.keyValueHeads();
        Tensor whole = kernels.zeros(precision, 2, sequences, config.keyValueHeads(), room, config.headDim());
        return new TokenCache(
                whole, kernels.tensor("cached", whole, 0, shared), kernels.tensor("cached", whole, 1, shared));
    }

    @Override
    public void close() {
        values.close();
        keys.close();
        whole.close();
    }
}
