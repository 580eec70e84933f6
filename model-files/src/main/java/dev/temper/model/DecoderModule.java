package dev.temper.model;

import dev.temper.model.family.Family;
import dev.temper.model.family.LayerModule;
import java.util.ArrayList;
import java.util.List;

/**
 * A module as methods choose it: in a layer, or outside.
 *
 * @param name Hugging Face's: {@code model.layers.3.self_attn.q_proj}, {@code lm_head}
 * @param layer its layer; -1 below the layers, their number above them
 */
public record DecoderModule(String name, int layer, LayerModule module) {
    public static final String EMBEDDING = "model.embed_tokens";
    public static final String FINAL_NORM = "model.norm";
    public static final String HEAD = "lm_head";

    /** All modules: the embedding, those of the layers from the bottom, the final norm, the head if it is its own. */
    public static List<DecoderModule> all(DecoderConfig config) {
        List<DecoderModule> modules = new ArrayList<>();
        int hidden = config.hidden();
        LayerModule table = new LayerModule("embed_tokens", EMBEDDING, config.vocabulary(), hidden, false);
        modules.add(new DecoderModule(EMBEDDING, -1, table));
        List<LayerModule> layer = Family.of(config.family()).layer(config);
        for (int i = 0; i < config.layers(); i++) {
            for (LayerModule module : layer) {
                modules.add(new DecoderModule(nameIn(i, module), i, module));
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

    /** What Hugging Face calls a module of a layer. */
    public static String nameIn(int layer, LayerModule module) {
        return "model.layers." + layer + "." + module.name();
    }

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

    /** Numbers in its weight and its bias. */
    public long parameters() {
        long weight = module.isNorm() ? module.outputs() : (long) module.outputs() * module.inputs();
        return weight + (module.bias() ? module.outputs() : 0);
    }
}
