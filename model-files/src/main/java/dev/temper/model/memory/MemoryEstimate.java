package dev.temper.model.memory;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.OptimiserSpec;
import dev.temper.contract.RunSpec;
import dev.temper.model.DecoderConfig;
import dev.temper.model.ModelFacts;
import dev.temper.model.TrainedModules;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The memory a run takes at its peak, in bytes by part. Computed from sizes alone, so that a plan can be judged before
 * it is carried out; held against the measured peak at the end of each run.
 *
 * @param process the JVM, libtorch's code, the tokenizer
 * @param weights of the model in the type computed with, and what of its file stays mapped
 * @param trained what learns, besides the weights it takes the place of: fp32 masters, and adapters in both types
 * @param gradients fp32
 * @param optimiser its state
 * @param activations kept for the backward pass, and those of the layer at work
 * @param logits of one chunk of rows, and what the loss makes of them
 */
public record MemoryEstimate(
        long process, long weights, long trained, long gradients, long optimiser, long activations, long logits) {

    /** JVM and libtorch before any weight, measured. */
    private static final long PROCESS = 330L << 20;

    /** What tokenizer and data preparation leave in memory for each entry of the vocabulary, measured. */
    private static final long PER_VOCABULARY_ENTRY = 3L << 10;

    /** What activations really take over what they hold: temporaries of kernels, holes between blocks. Measured. */
    private static final double ACTIVATION_OVERHEAD = 1.22;

    /** The same where numbers have 16 bits: attention's backward and sums are in fp32 all the same. Measured. */
    private static final double ACTIVATION_OVERHEAD_16 = 2.05;

    /** Rows of logits computed at once. */
    private static final int LOGIT_ROWS = 128;

    /**
     * What the estimate depends on.
     *
     * @param parameters of the model
     * @param bytesPerNumber of the type computed with
     * @param mappedBytes of the model's file that are touched and stay in memory besides the weights computed with
     * @param trainedParameters that learn
     * @param trainedOfModel of those, the model's own: their masters take the place of weights
     * @param trainedLayers layers from the lowest that learns to the top
     * @param recomputedLayers of those
     * @param loraRank rows of the A's of a layer's adapters together; 0 without adapters
     * @param tokens of the largest micro-batch
     */
    record Shape(
            long parameters,
            int bytesPerNumber,
            long mappedBytes,
            long trainedParameters,
            long trainedOfModel,
            int trainedLayers,
            int recomputedLayers,
            int hidden,
            int queryWidth,
            int keyValueWidth,
            int heads,
            int intermediate,
            int vocabulary,
            int loraRank,
            OptimiserSpec.Kind optimiser,
            double momentum,
            long tokens) {}

    /**
     * Of a run of a spec, from what its model's files say.
     *
     * @param bytesPerNumber of the type computed with
     * @param tokens of the largest micro-batch
     * @param recomputedLayers of those that must keep something for the backward
     * @throws dev.temper.contract.CodedException where the method does not go with the model
     */
    public static MemoryEstimate of(
            ModelFacts facts, RunSpec spec, int bytesPerNumber, long tokens, int recomputedLayers) {
        DecoderConfig config = facts.config();
        TrainedModules trained = TrainedModules.of(config, spec.method());
        int layers = config.layers() - trained.frozenLayers(config);
        int rank = spec.method() instanceof MethodSpec.Lora lora && layers > 0
                ? lora.rank() * trained.adapted().size() / layers
                : 0;
        return of(new Shape(
                facts.parameters(),
                bytesPerNumber,
                facts.mappedBeside(bytesPerNumber),
                trained.parameters(),
                trained.ofModel(),
                layers,
                recomputedLayers,
                config.hidden(),
                config.queryWidth(),
                config.keyValueWidth(),
                config.heads(),
                config.intermediate(),
                config.vocabulary(),
                rank,
                spec.optimiser().type(),
                spec.optimiser().momentum(),
                tokens));
    }

    static MemoryEstimate of(Shape shape) {
        int bytes = shape.bytesPerNumber();
        long perToken = savedPerToken(shape) * bytes + (long) shape.heads() * Float.BYTES;
        long kept = (long) shape.trainedLayers() - shape.recomputedLayers();
        long inputs = (long) shape.recomputedLayers() * shape.hidden() * bytes;
        // The layer at work has gradients of what it saved, and its own copy where nothing was kept.
        long working = shape.trainedLayers() == 0 ? 0 : perToken * (shape.recomputedLayers() > 0 ? 2 : 1);
        double overhead = bytes < Float.BYTES ? ACTIVATION_OVERHEAD_16 : ACTIVATION_OVERHEAD;
        return new MemoryEstimate(
                PROCESS + PER_VOCABULARY_ENTRY * shape.vocabulary(),
                shape.parameters() * bytes + shape.mappedBytes(),
                trained(shape),
                shape.trainedParameters() * Float.BYTES,
                (long) (shape.trainedParameters() * Float.BYTES * statesPerParameter(shape)),
                (long) (overhead * shape.tokens() * (kept * perToken + inputs + working)),
                (long) LOGIT_ROWS * shape.vocabulary() * (2L * bytes + Float.BYTES));
    }

    private static long trained(Shape shape) {
        long added = shape.trainedParameters() - shape.trainedOfModel();
        return shape.bytesPerNumber() < Float.BYTES
                ? shape.trainedParameters() * Float.BYTES + added * shape.bytesPerNumber()
                : added * Float.BYTES;
    }

    /** Numbers a layer saves of each token: inputs, q, k, v, attention's output, gate and up, and LoRA's x·Aᵀ. */
    private static long savedPerToken(Shape shape) {
        return 2L * shape.hidden()
                + 2L * shape.queryWidth()
                + 2L * shape.keyValueWidth()
                + 2L * shape.intermediate()
                + shape.loraRank();
    }

    private static double statesPerParameter(Shape shape) {
        return switch (shape.optimiser()) {
            case ADAMW -> 2;
            case SGD -> shape.momentum() > 0 ? 1 : 0;
            // A row and a column of each matrix.
            case ADAFACTOR -> 0.01;
        };
    }

    public long total() {
        return process + weights + trained + gradients + optimiser + activations + logits;
    }

    /** By part, for people and results. */
    public Map<String, Long> parts() {
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put("process", process);
        parts.put("weights", weights);
        parts.put("trained", trained);
        parts.put("gradients", gradients);
        parts.put("optimiser", optimiser);
        parts.put("activations", activations);
        parts.put("logits", logits);
        return parts;
    }
}
