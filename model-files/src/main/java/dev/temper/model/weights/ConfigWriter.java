package dev.temper.model.weights;

import dev.temper.model.Activation;
import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderFamily;
import dev.temper.model.Rope;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code config.json} for a model that had none, in the spelling of transformers 4, which 5 reads too. */
final class ConfigWriter {
    private ConfigWriter() {}

    static ObjectNode write(DecoderConfig config) {
        DecoderFamily family = config.family();
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.putArray("architectures").add(family.architecture());
        node.put("model_type", family.modelType());
        node.put("vocab_size", config.vocabulary());
        node.put("hidden_size", config.hidden());
        node.put("intermediate_size", config.intermediate());
        node.put("num_hidden_layers", config.layers());
        node.put("num_attention_heads", config.heads());
        node.put("num_key_value_heads", config.keyValueHeads());
        node.put("head_dim", config.headDim());
        node.put("max_position_embeddings", config.maxPositions());
        node.put("rms_norm_eps", config.normEpsilon());
        node.put("use_cache", true);
        node.put("attention_dropout", 0.0);
        putRope(node, config);
        putSpecialTokens(node, config);
        String activation = config.activation() == Activation.SILU ? "silu" : "gelu_pytorch_tanh";
        node.put(family == DecoderFamily.GEMMA3 ? "hidden_activation" : "hidden_act", activation);
        switch (family) {
            case LLAMA -> {
                node.put("attention_bias", config.attention().outputBias());
                node.put("mlp_bias", config.mlpBias());
            }
            case MISTRAL -> {
                if (config.attention().window() > 0) {
                    node.put("sliding_window", config.attention().window());
                } else {
                    node.putNull("sliding_window");
                }
            }
            case QWEN2 -> node.put("use_sliding_window", false);
            case QWEN3 -> {
                node.put("use_sliding_window", false);
                node.put("attention_bias", config.attention().outputBias());
            }
            case GEMMA3 -> putGemma(node, config);
        }
        return node;
    }

    private static void putRope(ObjectNode node, DecoderConfig config) {
        Rope rope = config.rope();
        node.put("rope_theta", rope.theta());
        if (rope.scaling() == Rope.Scaling.DEFAULT) {
            node.putNull("rope_scaling");
            return;
        }
        ObjectNode scaling = node.putObject("rope_scaling");
        scaling.put("factor", rope.factor());
        switch (rope.scaling()) {
            case DEFAULT, LINEAR -> scaling.put("rope_type", "linear");
            case DYNAMIC -> scaling.put("rope_type", "dynamic");
            case LLAMA3 -> {
                scaling.put("rope_type", "llama3");
                scaling.put("low_freq_factor", rope.lowFrequencyFactor());
                scaling.put("high_freq_factor", rope.highFrequencyFactor());
                scaling.put("original_max_position_embeddings", rope.originalPositions());
            }
        }
    }

    private static void putGemma(ObjectNode node, DecoderConfig config) {
        double scale = config.attention().queryScale();
        node.put("query_pre_attn_scalar", Math.round(1 / (scale * scale)));
        node.put("attention_bias", config.attention().outputBias());
        node.put("sliding_window", config.attention().window());
        node.put("rope_local_base_freq", config.localRope().theta());
        node.putNull("attn_logit_softcapping");
        node.putNull("final_logit_softcapping");
        ArrayNode types = node.putArray("layer_types");
        config.attention().sliding().forEach(sliding -> types.add(sliding ? "sliding_attention" : "full_attention"));
    }

    /** The ids of tokens with a meaning; several ends become a list. */
    static void putSpecialTokens(ObjectNode node, DecoderConfig config) {
        config.specialTokens().begin().ifPresent(id -> node.put("bos_token_id", id));
        config.specialTokens().padding().ifPresent(id -> node.put("pad_token_id", id));
        var ends = config.specialTokens().end();
        if (ends.size() == 1) {
            node.put("eos_token_id", ends.getFirst());
        } else if (!ends.isEmpty()) {
            ArrayNode array = node.putArray("eos_token_id");
            ends.forEach(array::add);
        }
    }
}
