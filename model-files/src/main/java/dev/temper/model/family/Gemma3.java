package dev.temper.model.family;

import dev.temper.model.DecoderConfig;
import java.util.List;

/** Gemma 3, text only: attention and feed-forward are normalised before and after, queries and keys per head. */
record Gemma3() implements Family {
    @Override
    public List<LayerModule> layer(DecoderConfig config) {
        List<LayerModule> modules = Family.projections(config);
        modules.addAll(Family.headNorms(config));
        int hidden = config.hidden();
        modules.add(LayerModule.norm("attention_norm", "input_layernorm", hidden));
        modules.add(LayerModule.norm("attention_post_norm", "post_attention_layernorm", hidden));
        modules.add(LayerModule.norm("feedforward_norm", "pre_feedforward_layernorm", hidden));
        modules.add(LayerModule.norm("feedforward_post_norm", "post_feedforward_layernorm", hidden));
        return modules;
    }
}
