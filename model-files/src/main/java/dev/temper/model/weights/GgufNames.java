package dev.temper.model.weights;

import dev.temper.model.DecoderFamily;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** llama.cpp's names of weights and Hugging Face's, either way. */
final class GgufNames {
    /** The slow-down of each rotary angle, in files of Llama 3.1 and later. */
    static final String ROPE_FACTORS = "rope_freqs.weight";

    private static final Pattern GGUF_LAYER = Pattern.compile("blk\\.(\\d{1,4})\\.(.+)\\.(weight|bias)");
    private static final Pattern HUGGING_FACE_LAYER =
            Pattern.compile("model\\.layers\\.(\\d{1,4})\\.(.+)\\.(weight|bias)");

    private final Map<String, String> outer = new LinkedHashMap<>();
    private final Map<String, String> inLayer = new LinkedHashMap<>();

    GgufNames(DecoderFamily family) {
        outer.put("token_embd.weight", WeightLayout.EMBEDDING);
        outer.put("output_norm.weight", WeightLayout.FINAL_NORM);
        outer.put("output.weight", WeightLayout.HEAD);
        inLayer.put("attn_norm", "input_layernorm");
        inLayer.put("attn_q", "self_attn.q_proj");
        inLayer.put("attn_k", "self_attn.k_proj");
        inLayer.put("attn_v", "self_attn.v_proj");
        inLayer.put("attn_output", "self_attn.o_proj");
        inLayer.put("attn_q_norm", "self_attn.q_norm");
        inLayer.put("attn_k_norm", "self_attn.k_norm");
        inLayer.put("ffn_gate", "mlp.gate_proj");
        inLayer.put("ffn_up", "mlp.up_proj");
        inLayer.put("ffn_down", "mlp.down_proj");
        if (family == DecoderFamily.GEMMA3) {
            inLayer.put("post_attention_norm", "post_attention_layernorm");
            inLayer.put("ffn_norm", "pre_feedforward_layernorm");
            inLayer.put("post_ffw_norm", "post_feedforward_layernorm");
        } else {
            inLayer.put("ffn_norm", "post_attention_layernorm");
        }
    }

    /** Hugging Face's name of a GGUF tensor; empty where it has none. */
    Optional<String> huggingFace(String gguf) {
        if (outer.containsKey(gguf)) {
            return Optional.ofNullable(outer.get(gguf));
        }
        Matcher layer = GGUF_LAYER.matcher(gguf);
        if (!layer.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(inLayer.get(layer.group(2)))
                .map(module -> "model.layers.%s.%s.%s".formatted(layer.group(1), module, layer.group(3)));
    }

    /** llama.cpp's name of a Hugging Face weight; empty where it has none. */
    Optional<String> gguf(String huggingFace) {
        Matcher layer = HUGGING_FACE_LAYER.matcher(huggingFace);
        if (!layer.matches()) {
            return keyOf(outer, huggingFace);
        }
        return keyOf(inLayer, layer.group(2))
                .map(module -> "blk.%s.%s.%s".formatted(layer.group(1), module, layer.group(3)));
    }

    private static Optional<String> keyOf(Map<String, String> map, String value) {
        return map.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
