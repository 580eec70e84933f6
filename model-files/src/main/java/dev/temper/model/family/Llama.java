package dev.temper.model.family;

import dev.temper.model.DecoderConfig;
import java.util.List;

/** Llama 2 and 3, SmolLM2, and whoever copied them: two norms, SwiGLU, no biases unless the configuration says so. */
record Llama() implements Family {
    @Override
    public List<LayerModule> layer(DecoderConfig config) {
        List<LayerModule> modules = Family.projections(config);
        modules.addAll(Family.preNorms(config));
        return modules;
    }
}
