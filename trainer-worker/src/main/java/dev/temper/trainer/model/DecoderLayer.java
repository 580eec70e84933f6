package dev.temper.trainer.model;

import dev.temper.model.Activation;
import dev.temper.model.DecoderConfig;
import dev.temper.model.Rope;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TensorMap;
import dev.temper.trainer.tensor.Value;
import java.util.List;

/** One layer: its parameters, and the three kernels that run it. It knows nothing of methods or families. */
final class DecoderLayer implements AutoCloseable {
    /** How far down a layer's backward goes. */
    enum Depth {
        /** The feed-forward's own gradients end it. */
        FEED_FORWARD(0),
        /** Attention's gradients end it. */
        ATTENTION(1),
        /** Layers below want a gradient too. */
        INPUT(2);

        private final int code;

        Depth(int code) {
            this.code = code;
        }
    }

    /** What one run of a layer left: the output, and what its backward needs. */
    record Kept(Tensor output, TensorMap saved) {}

    /** Without dropout. */
    static final long NO_SEED = -1;

    private final Kernels kernels;
    private final ParameterSet parameters;
    private final Value shape;
    private final Rope rope;
    private final int window;

    DecoderLayer(Kernels kernels, DecoderConfig config, int index, ParameterSet parameters) {
        this.kernels = kernels;
        this.parameters = parameters;
        rope = config.rope(index);
        window = config.window(index);
        shape = kernels.value(
                "layer_shape",
                config.heads(),
                config.keyValueHeads(),
                config.headDim(),
                config.attention().queryScale(),
                window,
                config.normEpsilon(),
                config.activation() == Activation.GELU_TANH);
    }

    ParameterSet parameters() {
        return parameters;
    }

    Kept forward(Tensor x, BatchTensors batch, long seed) {
        List<Value> results = kernels.values(
                "layer_forward",
                x,
                parameters.tensors(),
                parameters.numbers(),
                shape,
                batch.layout(rope, window),
                seed);
        return new Kept((Tensor) results.getFirst(), (TensorMap) results.getLast());
    }

    /** Adds this layer's gradients and returns that of its input; uses {@code gradient} up. */
    Tensor backward(Tensor gradient, TensorMap saved, BatchTensors batch, long seed, double keep, Depth depth) {
        return kernels.tensor(
                "layer_backward",
                gradient,
                saved,
                parameters.tensors(),
                parameters.numbers(),
                parameters.gradients(),
                shape,
                batch.layout(rope, window),
                seed,
                keep,
                depth.code);
    }

    /** The same where only the input was kept. */
    Tensor recompute(Tensor gradient, Tensor input, BatchTensors batch, long seed, double keep, Depth depth) {
        return kernels.tensor(
                "layer_recompute",
                gradient,
                input,
                parameters.tensors(),
                parameters.numbers(),
                parameters.gradients(),
                shape,
                batch.layout(rope, window),
                seed,
                keep,
                depth.code);
    }

    /** One more token of each sequence, [sequences, hidden]; the cache takes its keys and values. */
    Tensor step(Tensor x, Value outlook, TokenCache cache) {
        return kernels.tensor(
                "layer_step",
                x,
                parameters.tensors(),
                parameters.numbers(),
                shape,
                outlook,
                cache.whole(),
                cache.keys(),
                cache.values());
    }

    @Override
    public void close() {
        shape.close();
        parameters.close();
    }
}
