package dev.temper.trainer.model;

import dev.temper.model.DecoderConfig;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Final norm, head and loss. Only supervised rows get here, a chunk at a time through one buffer. */
final class Head implements AutoCloseable {
    /** Rows multiplied at once: enough to run at full speed, few enough to be small beside everything else. */
    private static final int CHUNK = 128;

    /** The loss of a micro-batch, and the gradient for what came in. */
    record Result(Loss loss, Tensor gradient) {}

    private final Kernels kernels;
    private final DecoderConfig config;
    private final DType precision;
    private final ParameterSet parameters;
    private @Nullable Tensor space;

    Head(Kernels kernels, DecoderConfig config, DType precision, ParameterSet parameters) {
        this.kernels = kernels;
        this.config = config;
        this.precision = precision;
        this.parameters = parameters;
    }

    Tensor norm(Tensor hidden) {
        return kernels.tensor("final_norm", hidden, parameters.tensors(), config.normEpsilon());
    }

    /** Logits of every row, in the precision computed in. */
    Tensor logits(Tensor hidden) {
        return kernels.tensor("all_logits", hidden, parameters.tensors(), config.normEpsilon());
    }

    /** Logits of every row in fp32, the likeliest exact whatever the precision computed in. */
    Tensor nextLogits(Tensor hidden) {
        return kernels.tensor("next_logits", hidden, parameters.tensors(), config.normEpsilon());
    }

    Loss loss(Tensor hidden, BatchTensors batch) {
        try (Tensor totals = kernels.tensor(
                "head_loss",
                hidden,
                batch.rows(),
                batch.targets(),
                parameters.tensors(),
                config.normEpsilon(),
                0.0,
                space())) {
            return loss(totals);
        }
    }

    Result lossBackward(Tensor hidden, BatchTensors batch, Pass pass, double smoothing) {
        List<Value> results = kernels.values(
                "head_loss_backward",
                hidden,
                batch.rows(),
                batch.targets(),
                parameters.tensors(),
                parameters.gradients(),
                config.normEpsilon(),
                smoothing,
                pass.scale(),
                pass.keep(),
                space());
        try (Tensor totals = (Tensor) results.getFirst()) {
            return new Result(loss(totals), (Tensor) results.getLast());
        }
    }

    private static Loss loss(Tensor totals) {
        double[] numbers = totals.toDoubles();
        return new Loss(numbers[0], (long) numbers[1], (long) numbers[2]);
    }

    /** Kept for the life of the model: returned and taken at each step, its pages would be faulted in each time. */
    private Tensor space() {
        if (space == null) {
            space = kernels.empty(precision, CHUNK, config.vocabulary());
        }
        return space;
    }

    @Override
    public void close() {
        if (space != null) {
            space.close();
        }
    }
}
