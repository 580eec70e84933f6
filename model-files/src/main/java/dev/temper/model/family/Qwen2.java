package dev.temper.model.family;

import dev.temper.model.DecoderConfig;
import java.util.List;

/** Qwen2 and 2.5: Llama with biases on q, k and v. */
record Qwen2() implements Family {
    @Override
    public List<LayerModule> layer(DecoderConfig config) {
        List<LayerModule> modules = Family.projections(config);
        modules.addAll(Family.preNorms(config));
        return modules;
    }
}
