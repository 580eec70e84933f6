package dev.temper.model.family;

import dev.temper.model.DecoderConfig;
import java.util.List;

/** Mistral: Llama with a window some layers see through. */
record Mistral() implements Family {
    @Override
    public List<LayerModule> layer(DecoderConfig config) {
        List<LayerModule> modules = Family.projections(config);
        modules.addAll(Family.preNorms(config));
        return modules;
    }
}
