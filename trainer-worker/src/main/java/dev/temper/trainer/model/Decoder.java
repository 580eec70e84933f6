package dev.temper.trainer.model;

import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.DecoderLayer.Depth;
import dev.temper.trainer.model.DecoderLayer.Kept;
import dev.temper.trainer.model.family.Family;
import dev.temper.trainer.model.family.LayerModule;
import dev.temper.trainer.model.weights.WeightSource;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TensorMap;
import dev.temper.trainer.tensor.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A decoder: embedding, layers, final norm, head. It opens frozen; a method then makes some of it trainable, and a
 * stage runs micro-batches through it. Not for several threads.
 */
public final class Decoder implements AutoCloseable {
    static final String EMBEDDING = "model.embed_tokens";
    static final String FINAL_NORM = "model.norm";
    static final String HEAD = "lm_head";

    /**
     * What numbers of tokens are a multiple of in 16 bits on a CPU: oneDNN compiles every product anew for each number
     * and keeps a thousand of them, so that thirty batches of thirty lengths cost time and hundreds of MiB.
     */
    private static final int STEP_OF_LENGTHS = 32;

    private final Kernels kernels;
    private final DecoderConfig config;
    private final DType precision;
    private final WeightLoader loader;
    private final RopeTables ropes;
    private final List<LayerModule> layerModules;
    private final List<DecoderLayer> layers = new ArrayList<>();
    private final ParameterSet embedding;
    private final ParameterSet top;
    private final Head head;
    private IntPredicate recomputed = layer -> false;

    private Decoder(Kernels kernels, DecoderConfig config, WeightSource weights, DType precision) {
        this.kernels = kernels;
        this.config = config;
        this.precision = precision;
        loader = new WeightLoader(kernels, weights);
        ropes = new RopeTables(kernels, config.headDim(), precision);
        layerModules = Family.of(config.family()).layer(config);
        embedding = new ParameterSet(kernels, 0);
        top = new ParameterSet(kernels, config.layers() + 1);
        embedding.freeze("embed_tokens.weight", load(EMBEDDING + ".weight", embeddingShape()));
        for (int i = 0; i < config.layers(); i++) {
            ParameterSet parameters = new ParameterSet(kernels, i + 1);
            layers.add(new DecoderLayer(kernels, config, i, parameters));
            for (LayerModule module : layerModules) {
                freeze(parameters, i, module);
            }
        }
        top.freeze("norm.weight", norm(FINAL_NORM + ".weight", config.hidden()));
        if (config.tied()) {
            top.alias("lm_head.weight", embedding, "embed_tokens.weight");
        } else {
            top.freeze("lm_head.weight", load(HEAD + ".weight", embeddingShape()));
        }
        head = new Head(kernels, config, precision, top);
    }

    /**
     * Opens a model with all of it frozen.
     *
     * @param weights to be kept open until the method is attached; tensors live on without it
     * @param precision the type of weights and activations: FLOAT32, BFLOAT16 or FLOAT16
     */
    public static Decoder open(Kernels kernels, DecoderConfig config, WeightSource weights, DType precision) {
        return new Decoder(kernels, config, weights, precision);
    }

    private void freeze(ParameterSet parameters, int layer, LayerModule module) {
        String name = name(layer, module);
        if (module.isNorm()) {
            parameters.freeze(module.role() + ".weight", norm(name + ".weight", module.outputs()));
            return;
        }
        parameters.freeze(module.role() + ".weight", load(name + ".weight", module.weightShape()));
        if (module.bias()) {
            parameters.freeze(module.role() + ".bias", load(name + ".bias", module.outputs()));
        }
    }

    private Tensor load(String name, long... shape) {
        return loader.load(name, precision, shape);
    }

    /** Norms are computed in fp32, with what the family adds to them. */
    private Tensor norm(String name, long width) {
        Tensor stored = loader.load(name, DType.FLOAT32, width);
        if (config.normOffset() == 0) {
            return stored;
        }
        try (stored) {
            return kernels.tensor("plus", stored, config.normOffset());
        }
    }

    private long[] embeddingShape() {
        return new long[] {config.vocabulary(), config.hidden()};
    }

    private static String name(int layer, LayerModule module) {
        return "model.layers." + layer + "." + module.name();
    }

    public DecoderConfig config() {
        return config;
    }

    public Kernels kernels() {
        return kernels;
    }

    /** The type of weights and activations. */
    public DType precision() {
        return precision;
    }

    /** All modules: the embedding, those of the layers from the bottom, the final norm, the head if it is its own. */
    public List<DecoderModule> modules() {
        List<DecoderModule> modules = new ArrayList<>();
        int hidden = config.hidden();
        LayerModule table = new LayerModule("embed_tokens", EMBEDDING, config.vocabulary(), hidden, false);
        modules.add(new DecoderModule(EMBEDDING, -1, table));
        for (int i = 0; i < config.layers(); i++) {
            for (LayerModule module : layerModules) {
                modules.add(new DecoderModule(name(i, module), i, module));
            }
        }
        LayerModule norm = new LayerModule("norm", FINAL_NORM, hidden, 0, false);
        modules.add(new DecoderModule(FINAL_NORM, config.layers(), norm));
        if (!config.tied()) {
            LayerModule output = new LayerModule("lm_head", HEAD, config.vocabulary(), hidden, false);
            modules.add(new DecoderModule(HEAD, config.layers(), output));
        }
        return modules;
    }

    /** The parameters of a layer, for methods to add to. */
    public ParameterSet layer(int index) {
        return layers.get(index).parameters();
    }

    /** A module's weight as kernels see it; stays the decoder's. */
    public Tensor weight(DecoderModule module) {
        return home(module).get(module.module().role() + ".weight");
    }

    private ParameterSet home(DecoderModule module) {
        if (module.inLayer()) {
            return layer(module.layer());
        }
        return module.layer() < 0 ? embedding : top;
    }

    /** Makes a module's weight, and its bias if it has one, trainable; {@code prefix} is put before their names. */
    public void train(DecoderModule module, String prefix) {
        ParameterSet home = home(module);
        LayerModule shape = module.module();
        trainTensor(home, shape.role() + ".weight", prefix, module.name() + ".weight", shape, shape.weightShape());
        if (shape.bias()) {
            trainTensor(home, shape.role() + ".bias", prefix, module.name() + ".bias", shape, shape.outputs());
        }
        if (config.tied() && home == embedding) {
            top.alias("lm_head.weight", embedding, "embed_tokens.weight");
        }
    }

    private void trainTensor(
            ParameterSet home, String key, String prefix, String name, LayerModule module, long... shape) {
        try (Tensor stored = loader.load(name, DType.FLOAT32, shape)) {
            // Of its own memory, whatever the loaded one lies over.
            Tensor master = kernels.tensor(
                    "copied", stored, DType.FLOAT32.code(), kernels.device().toString());
            boolean decayed = !module.isNorm() && key.endsWith(".weight");
            ParameterSet.Learning learning = module.isNorm()
                    ? new ParameterSet.Learning(DType.FLOAT32, config.normOffset(), decayed, 1)
                    : new ParameterSet.Learning(precision, 0, decayed, 1);
            home.train(key, prefix + name, master, learning);
        }
    }

    /** Everything that learns, from the bottom. */
    public List<Parameter> parameters() {
        return sets().flatMap(set -> set.parameters().stream()).toList();
    }

    private Stream<ParameterSet> sets() {
        return Stream.of(Stream.of(embedding), layers.stream().map(DecoderLayer::parameters), Stream.of(top))
                .flatMap(sets -> sets);
    }

    /** To be called whenever the masters of parameters changed. */
    public void followMasters() {
        sets().forEach(ParameterSet::followMasters);
    }

    /** Says which layers keep only their input and compute the rest again in the backward. */
    public void recompute(IntPredicate layers) {
        recomputed = layers;
    }

    /** How many layers at the bottom learn nothing and have nothing below them that does. */
    public int frozenLayers() {
        if (embedding.isTrained()) {
            return 0;
        }
        for (int i = 0; i < layers.size(); i++) {
            if (layer(i).isTrained()) {
                return i;
            }
        }
        return layers.size();
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
                Tensor hidden = run(tensors, embed(tensors), 0, layers.size())) {
            return head.logits(hidden);
        }
    }

    /** The embedding, the output of each layer but the last, and that of the final norm; each the caller's to close. */
    public List<Tensor> hiddenStates(PackedBatch batch) {
        List<Tensor> states = new ArrayList<>();
        try (BatchTensors tensors = prepare(batch)) {
            states.add(embed(tensors));
            for (DecoderLayer layer : layers) {
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
        return layers.get(layer).forward(x, batch, DecoderLayer.NO_SEED);
    }

    Tensor stepLayer(int layer, Tensor x, Value outlook, Tensor keys, Tensor values) {
        return layers.get(layer).step(x, outlook, keys, values);
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
                Tensor hidden = run(tensors, embed(tensors), 0, layers.size())) {
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
            for (int i = frozen; i < layers.size(); i++) {
                record(tape, i);
            }
            Head.Result result = head.lossBackward(tape.output(), tensors, pass, smoothing);
            tape.output().close();
            backward(tape, result.gradient(), frozen);
            return result.loss();
        }
    }

    private PackedBatch filled(PackedBatch batch) {
        boolean compiled = precision != DType.FLOAT32 && !kernels.device().isCuda();
        return compiled ? batch.filledTo(STEP_OF_LENGTHS) : batch;
    }

    private void record(Tape tape, int index) {
        Tensor input = tape.output();
        Kept kept = layers.get(index).forward(input, tape.batch(), dropoutSeed(tape.pass(), index));
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
        for (int i = layers.size() - 1; i >= frozen; i--) {
            DecoderLayer layer = layers.get(i);
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
            Tensor accumulator = embedding.gradient("embed_tokens.weight");
            if (accumulator != null) {
                // A tied head has already written its part of this step.
                double keep = config.tied() ? 1.0 : pass.keep();
                kernels.run(
                        "embed_backward", bottom, tape.batch().tokens(), config.embeddingScale(), accumulator, keep);
            }
        }
    }

    private Depth depth(int layer, int frozen) {
        if (layer > frozen || embedding.isTrained()) {
            return Depth.INPUT;
        }
        boolean attention = layerModules.stream()
                .filter(LayerModule::inAttention)
                .anyMatch(module -> layer(layer).trainsAny(key -> key.startsWith(module.role() + ".")));
        boolean together = layer(layer).trainsAny(key -> key.startsWith("attention."));
        return attention || together ? Depth.ATTENTION : Depth.FEED_FORWARD;
    }

    private static long dropoutSeed(Pass pass, int layer) {
        // A layer draws from several seeds that follow this one.
        return pass.seedOf(Pass.Purpose.DROPOUT, layer);
    }

    private Tensor embed(BatchTensors batch) {
        return embed(batch.tokens());
    }

    Tensor embed(Tensor tokens) {
        return kernels.tensor("embed", tokens, embedding.get("embed_tokens.weight"), config.embeddingScale());
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
                Kept kept = layers.get(i).forward(input, batch, DecoderLayer.NO_SEED);
                kept.saved().close();
                x = kept.output();
            }
        }
        return x;
    }

    @Override
    public void close() {
        head.close();
        layers.forEach(DecoderLayer::close);
        top.close();
        embedding.close();
        ropes.close();
    }
}
