package dev.temper.trainer.model;

import dev.temper.trainer.model.family.LayerModule;

/**
 * A module as methods choose it: in a layer, or outside.
 *
 * @param name Hugging Face's: {@code model.layers.3.self_attn.q_proj}, {@code lm_head}
 * @param layer its layer; -1 below the layers, their number above them
 */
public record DecoderModule(String name, int layer, LayerModule module) {
    /** Whether it lies in a layer. */
    public boolean inLayer() {
        return name.startsWith("model.layers.");
    }

    public boolean isProjection() {
        return inLayer() && !module.isNorm();
    }

    /** Whether a user's name for modules means this one: the last part of its name, or more of its end. */
    public boolean isNamed(String wanted) {
        return name.equals(wanted) || name.endsWith("." + wanted);
    }
}
