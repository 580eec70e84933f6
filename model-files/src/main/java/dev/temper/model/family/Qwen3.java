package dev.temper.model.family;

import dev.temper.model.DecoderConfig;
import java.util.List;

/** Qwen3: queries and keys are normalised per head; no biases. */
record Qwen3() implements Family {
    @Override
    public List<LayerModule> layer(DecoderConfig config) {
        List<LayerModule> modules = Family.projections(config);
        modules.addAll(Family.headNorms(config));
        modules.addAll(Family.preNorms(config));
        return modules;
    }
}
