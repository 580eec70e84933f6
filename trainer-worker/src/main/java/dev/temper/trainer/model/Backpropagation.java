package dev.temper.trainer.model;

import dev.temper.model.family.LayerModule;
import dev.temper.trainer.model.DecoderLayer.Depth;
import dev.temper.trainer.model.DecoderLayer.Kept;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TensorMap;
import dev.temper.trainer.tensor.Value;
import java.util.function.IntPredicate;

/**
 * A micro-batch forth and back through the layers that learn and those above them.
 *
 * @param recomputed layers that keep only their input, and compute the rest again on the way back
 */
record Backpropagation(DecoderParts parts, Head head, IntPredicate recomputed) {
    /** @param frozen layers at the bottom that are behind the tape's beginning */
    Loss run(Tape tape, int frozen, double smoothing) {
        for (int i = frozen; i < parts.layers().size(); i++) {
            record(tape, i);
        }
        Head.Result result = head.lossBackward(tape.output(), tape.batch(), tape.pass(), smoothing);
        tape.output().close();
        backward(tape, result.gradient(), frozen);
        return result.loss();
    }

    private void record(Tape tape, int index) {
        Tensor input = tape.output();
        Kept kept = parts.layers().get(index).forward(input, tape.batch(), dropoutSeed(tape.pass(), index));
        tape.output(kept.output());
        if (recomputed.test(index)) {
            kept.saved().close();
            tape.keep(input);
        } else {
            // What was saved holds on to the input by itself.
            input.close();
            tape.keep(kept.saved());
        }
    }

    private void backward(Tape tape, Tensor top, int frozen) {
        Tensor gradient = top;
        Pass pass = tape.pass();
        for (int i = parts.layers().size() - 1; i >= frozen; i--) {
            DecoderLayer layer = parts.layers().get(i);
            long seed = dropoutSeed(pass, i);
            Depth depth = depth(i, frozen);
            try (Value kept = tape.take();
                    Tensor above = gradient) {
                gradient = kept instanceof TensorMap saved
                        ? layer.backward(above, saved, tape.batch(), seed, pass.keep(), depth)
                        : layer.recompute(above, (Tensor) kept, tape.batch(), seed, pass.keep(), depth);
            }
        }
        try (Tensor bottom = gradient) {
            Tensor accumulator = parts.embedding().gradient("embed_tokens.weight");
            if (accumulator != null) {
                // A tied head has already written its part of this step.
                double keep = parts.config().tied() ? 1.0 : pass.keep();
                parts.kernels()
                        .run(
                                "embed_backward",
                                bottom,
                                tape.batch().tokens(),
                                parts.config().embeddingScale(),
                                accumulator,
                                keep);
            }
        }
    }

    private Depth depth(int layer, int frozen) {
        if (layer > frozen || parts.embedding().isTrained()) {
            return Depth.INPUT;
        }
        boolean attention = parts.layerModules().stream()
                .filter(LayerModule::inAttention)
                .anyMatch(module -> parts.layer(layer).trainsAny(key -> key.startsWith(module.role() + ".")));
        boolean together = parts.layer(layer).trainsAny(key -> key.startsWith("attention."));
        return attention || together ? Depth.ATTENTION : Depth.FEED_FORWARD;
    }

    private static long dropoutSeed(Pass pass, int layer) {
        // A layer draws from several seeds that follow this one.
        return pass.seedOf(Pass.Purpose.DROPOUT, layer);
    }
}
