package dev.temper.trainer.model;

import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderModule;
import dev.temper.model.Rope;
import dev.temper.model.weights.WeightSource;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.DecoderLayer.Kept;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A decoder: embedding, layers, final norm, head. It opens frozen; a method then makes some of it trainable, and a
 * stage runs micro-batches through it. Not for several threads.
 */
public final class Decoder implements AutoCloseable {
    /**
     * What numbers of tokens are a multiple of in 16 bits on a CPU: oneDNN compiles every product anew for each number
     * and keeps a thousand of them, so that thirty batches of thirty lengths cost time and hundreds of MiB.
     */
    private static final int STEP_OF_LENGTHS = 32;

    private final DecoderParts parts;
    private final boolean answersOnly;
    private final Kernels kernels;
    private final DecoderConfig config;
    private final RopeTables ropes;
    private final Head head;
    private IntPredicate recomputed = layer -> false;

    private Decoder(DecoderParts parts, boolean answersOnly) {
        this.parts = parts;
        this.answersOnly = answersOnly;
        kernels = parts.kernels();
        config = parts.config();
        ropes = new RopeTables(kernels, config.headDim(), parts.precision());
        head = new Head(kernels, config, parts.precision(), parts.top());
    }

    /**
     * Opens a model with all of it frozen.
     *
     * @param weights to be kept open until the method is attached; tensors live on without it
     * @param precision the type of weights and activations: FLOAT32, BFLOAT16 or FLOAT16
     */
    public static Decoder open(Kernels kernels, DecoderConfig config, WeightSource weights, DType precision) {
        return new Decoder(new DecoderParts(kernels, config, weights, precision, false), false);
    }

    /**
     * Opens a model that only answers: nothing of it can be made trainable, and in return 16-bit weights lie on a processor
     * as products of few rows read them fastest.
     *
     * @param weights may be closed after
     */
    public static Decoder openToAnswer(Kernels kernels, DecoderConfig config, WeightSource weights, DType precision) {
        boolean packed = precision != DType.FLOAT32 && kernels.pack();
        return new Decoder(new DecoderParts(kernels, config, weights, precision, packed), true);
    }

    public DecoderConfig config() {
        return config;
    }

    public Kernels kernels() {
        return kernels;
    }

    /** The type of weights and activations. */
    public DType precision() {
        return parts.precision();
    }

    /** All modules: the embedding, those of the layers from the bottom, the final norm, the head if it is its own. */
    public List<DecoderModule> modules() {
        return parts.modules();
    }

    /** The parameters of a layer, for methods to add to. */
    public ParameterSet layer(int index) {
        requireLearning();
        return parts.layer(index);
    }

    /** A module's weight as kernels see it; stays the decoder's. */
    public Tensor weight(DecoderModule module) {
        return parts.weight(module);
    }

    /** Makes a module's weight, and its bias if it has one, trainable; {@code prefix} is put before their names. */
    public void train(DecoderModule module, String prefix) {
        requireLearning();
        parts.train(module, prefix);
    }

    /** Packed projections are seen by no backward, and adapters beside them by no forward. */
    private void requireLearning() {
        if (answersOnly) {
            throw new IllegalStateException("a decoder opened to answer cannot learn");
        }
    }

    /** Everything that learns, from the bottom. */
    public List<Parameter> parameters() {
        return parts.parameters();
    }

    /** To be called whenever the masters of parameters changed. */
    public void followMasters() {
        parts.followMasters();
    }

    /** How many layers at the bottom learn nothing and have nothing below them that does. */
    public int frozenLayers() {
        return parts.frozenLayers();
    }

    /** Says which layers keep only their input and compute the rest again in the backward. */
    public void recompute(IntPredicate layers) {
        recomputed = layers;
    }

    /**
     * What the frozen layers at the bottom make of a micro-batch, [tokens, hidden]: the same in every epoch, and so
     * worth keeping. To be closed by the caller.
     */
    public Tensor frozenPrefix(PackedBatch batch) {
        try (BatchTensors tensors = prepare(batch)) {
            return run(tensors, embed(tensors), 0, frozenLayers());
        }
    }

    /** Logits of every position, [tokens, vocabulary], without dropout; to be closed by the caller. */
    public Tensor logits(PackedBatch batch) {
        try (BatchTensors tensors = prepare(batch);
                Tensor hidden = run(tensors, embed(tensors), 0, config.layers())) {
            return head.logits(hidden);
        }
    }

    /** The embedding, the output of each layer but the last, and that of the final norm; each the caller's to close. */
    public List<Tensor> hiddenStates(PackedBatch batch) {
        List<Tensor> states = new ArrayList<>();
        try (BatchTensors tensors = prepare(batch)) {
            states.add(embed(tensors));
            for (DecoderLayer layer : parts.layers()) {
                Kept kept = layer.forward(states.getLast(), tensors, DecoderLayer.NO_SEED);
                kept.saved().close();
                states.add(kept.output());
            }
        }
        try (Tensor last = states.removeLast()) {
            states.add(head.norm(last));
        }
        return states;
    }

    /**
     * Begins to write several sequences at once.
     *
     * @param room tokens each may have in all, prompt and continuation
     */
    public Continuation continuation(int sequences, int room) {
        return new Continuation(this, sequences, room);
    }

    BatchTensors prepare(PackedBatch batch) {
        return new BatchTensors(kernels, ropes, batch);
    }

    Kept runLayer(int layer, Tensor x, BatchTensors batch) {
        return parts.layers().get(layer).forward(x, batch, DecoderLayer.NO_SEED);
    }

    Tensor stepLayer(int layer, Tensor x, Value outlook, TokenCache cache) {
        return parts.layers().get(layer).step(x, outlook, cache);
    }

    RopeTables.Table angles(Rope rope, int longest) {
        return ropes.of(rope, longest);
    }

    Head head() {
        return head;
    }

    /** The loss of a micro-batch without dropout or gradients. */
    public Loss evaluate(PackedBatch batch) {
        try (BatchTensors tensors = prepare(filled(batch));
                Tensor hidden = run(tensors, embed(tensors), 0, config.layers())) {
            return head.loss(hidden, tensors);
        }
    }

    /**
     * Runs a micro-batch forth and back; gradients of everything that learns are added to their accumulators.
     *
     * @param given the micro-batch
     * @param smoothing the share of each target spread over the vocabulary
     * @param noise the strength of NEFTune's noise on embeddings; 0 for none
     * @param prefix what {@link #frozenPrefix} gave for this batch, if it is at hand; stays the caller's
     */
    public Loss forwardBackward(PackedBatch given, Pass pass, double smoothing, double noise, @Nullable Tensor prefix) {
        PackedBatch batch = filled(given);
        BatchTensors tensors = prepare(batch);
        int frozen = frozenLayers();
        Tensor start;
        if (prefix != null) {
            start = kernels.tensor("lengthened", prefix, batch.tokens().length);
        } else {
            start = run(tensors, noisy(embed(tensors), batch, pass, noise), 0, frozen);
        }
        try (Tape tape = new Tape(tensors, pass, start)) {
            return new Backpropagation(parts, head, recomputed).run(tape, frozen, smoothing);
        }
    }

    private PackedBatch filled(PackedBatch batch) {
        boolean compiled = precision() != DType.FLOAT32 && !kernels.device().isCuda();
        return compiled ? batch.filledTo(STEP_OF_LENGTHS) : batch;
    }

    private Tensor embed(BatchTensors batch) {
        return embed(batch.tokens());
    }

    Tensor embed(Tensor tokens) {
        return kernels.tensor("embed", tokens, parts.embedding().get("embed_tokens.weight"), config.embeddingScale());
    }

    private Tensor noisy(Tensor embedded, PackedBatch batch, Pass pass, double strength) {
        if (strength == 0) {
            return embedded;
        }
        float[] strengths = new float[batch.tokens().length];
        for (int segment = 0; segment < batch.segments(); segment++) {
            double share = strength / Math.sqrt((double) batch.length(segment) * config.hidden());
            for (int i = batch.segmentStarts()[segment]; i < batch.segmentStarts()[segment + 1]; i++) {
                strengths[i] = (float) share;
            }
        }
        try (embedded;
                Tensor bounds = kernels.floats(strengths, strengths.length, 1)) {
            return kernels.tensor("add_noise", embedded, bounds, pass.seedOf(Pass.Purpose.NOISE, 0));
        }
    }

    /** Runs layers {@code from} to {@code to}, exclusive, and keeps nothing; takes {@code start} over. */
    private Tensor run(BatchTensors batch, Tensor start, int from, int to) {
        Tensor x = start;
        for (int i = from; i < to; i++) {
            try (Tensor input = x) {
                Kept kept = parts.layers().get(i).forward(input, batch, DecoderLayer.NO_SEED);
                kept.saved().close();
                x = kept.output();
            }
        }
        return x;
    }

    @Override
    public void close() {
        head.close();
        parts.close();
        ropes.close();
    }
}
