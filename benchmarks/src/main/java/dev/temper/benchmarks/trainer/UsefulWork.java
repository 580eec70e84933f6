package dev.temper.benchmarks.trainer;

import dev.temper.model.DecoderConfig;

/**
 * How much has to be computed for a token, whoever does it: products of activations and weights, forwards and backwards,
 * nothing twice. Attention's own products are left out; at these lengths they are a hundredth.
 */
record UsefulWork(DecoderConfig config, double supervisedShare) {
    private static final int TRAINED_LAYERS = 10;

    /** GFLOP a token. */
    double gigaflops(Method method) {
        double layer = 2.0
                * config.hidden()
                * (2.0 * config.queryWidth() + 2.0 * config.keyValueWidth() + 3.0 * config.intermediate());
        double head = 2.0 * config.hidden() * config.vocabulary() * supervisedShare;
        int layers = config.layers();
        double forward = layer * layers + head;
        double work = switch (method) {
            // Gradients of activations everywhere, of weights nowhere worth counting.
            case LORA -> 2 * forward;
            case FULL -> 3 * forward;
            case PARTIAL -> forward + head + 2 * layer * TRAINED_LAYERS;
            // The frozen layers run in the first of three epochs.
            case PARTIAL_CACHED -> 2 * head + 3 * layer * TRAINED_LAYERS + layer * (layers - TRAINED_LAYERS) / 3;
        };
        return work / 1e9;
    }
}
