package dev.temper.model.family;

import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderFamily;
import java.util.ArrayList;
import java.util.List;

/** The modules of a decoder layer, in the order Hugging Face declares them. */
public sealed interface Family permits Llama, Mistral, Qwen2, Qwen3, Gemma3 {
    /** The modules of every layer of a model. */
    List<LayerModule> layer(DecoderConfig config);

    /** The family a configuration names. */
    static Family of(DecoderFamily family) {
        return switch (family) {
            case LLAMA -> new Llama();
            case MISTRAL -> new Mistral();
            case QWEN2 -> new Qwen2();
            case QWEN3 -> new Qwen3();
            case GEMMA3 -> new Gemma3();
        };
    }

    /** The seven projections every family has; which have biases is the configuration's to say. */
    static List<LayerModule> projections(DecoderConfig config) {
        int hidden = config.hidden();
        int keys = config.keyValueWidth();
        boolean bias = config.attention().bias();
        return new ArrayList<>(List.of(
                LayerModule.projection("q_proj", "self_attn", config.queryWidth(), hidden, bias),
                LayerModule.projection("k_proj", "self_attn", keys, hidden, bias),
                LayerModule.projection("v_proj", "self_attn", keys, hidden, bias),
                LayerModule.projection(
                        "o_proj",
                        "self_attn",
                        hidden,
                        config.queryWidth(),
                        config.attention().outputBias()),
                LayerModule.projection("gate_proj", "mlp", config.intermediate(), hidden, config.mlpBias()),
                LayerModule.projection("up_proj", "mlp", config.intermediate(), hidden, config.mlpBias()),
                LayerModule.projection("down_proj", "mlp", hidden, config.intermediate(), config.mlpBias())));
    }

    /** Norms of queries and keys, per head. */
    static List<LayerModule> headNorms(DecoderConfig config) {
        return List.of(
                LayerModule.norm("q_norm", "self_attn.q_norm", config.headDim()),
                LayerModule.norm("k_norm", "self_attn.k_norm", config.headDim()));
    }

    /** Norms before attention and before the feed-forward. */
    static List<LayerModule> preNorms(DecoderConfig config) {
        return List.of(
                LayerModule.norm("attention_norm", "input_layernorm", config.hidden()),
                LayerModule.norm("feedforward_norm", "post_attention_layernorm", config.hidden()));
    }
}
