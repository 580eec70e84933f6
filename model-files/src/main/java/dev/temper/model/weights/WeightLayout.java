package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import dev.temper.model.DecoderConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which weights a decoder has, by Hugging Face's names, and how large each is. */
public final class WeightLayout {
    public static final String EMBEDDING = "model.embed_tokens.weight";
    public static final String FINAL_NORM = "model.norm.weight";
    public static final String HEAD = "lm_head.weight";

    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    private WeightLayout(DecoderConfig config) {
        put(EMBEDDING, config.vocabulary(), config.hidden());
        for (int layer = 0; layer < config.layers(); layer++) {
            putLayer(config, "model.layers." + layer + ".");
        }
        put(FINAL_NORM, config.hidden());
        if (!config.tied()) {
            put(HEAD, config.vocabulary(), config.hidden());
        }
    }

    public static WeightLayout of(DecoderConfig config) {
        return new WeightLayout(config);
    }

    private void putLayer(DecoderConfig config, String layer) {
        var attention = config.attention();
        put(layer + "input_layernorm.weight", config.hidden());
        linear(layer + "self_attn.q_proj", config.queryWidth(), config.hidden(), attention.bias());
        linear(layer + "self_attn.k_proj", config.keyValueWidth(), config.hidden(), attention.bias());
        linear(layer + "self_attn.v_proj", config.keyValueWidth(), config.hidden(), attention.bias());
        linear(layer + "self_attn.o_proj", config.hidden(), config.queryWidth(), attention.outputBias());
        if (attention.queryKeyNorm()) {
            put(layer + "self_attn.q_norm.weight", config.headDim());
            put(layer + "self_attn.k_norm.weight", config.headDim());
        }
        put(layer + "post_attention_layernorm.weight", config.hidden());
        if (config.sandwichNorms()) {
            put(layer + "pre_feedforward_layernorm.weight", config.hidden());
            put(layer + "post_feedforward_layernorm.weight", config.hidden());
        }
        linear(layer + "mlp.gate_proj", config.intermediate(), config.hidden(), config.mlpBias());
        linear(layer + "mlp.up_proj", config.intermediate(), config.hidden(), config.mlpBias());
        linear(layer + "mlp.down_proj", config.hidden(), config.intermediate(), config.mlpBias());
    }

    private void linear(String module, long out, long in, boolean bias) {
        put(module + ".weight", out, in);
        if (bias) {
            put(module + ".bias", out);
        }
    }

    private void put(String name, long... sizes) {
        shapes.put(name, Shape.of(sizes));
    }

    /** Every weight's shape by name, in the order a forward pass meets them. */
    public Map<String, Shape> shapes() {
        return Collections.unmodifiableMap(shapes);
    }

    /**
     * Fails at the first weight that is missing, misshapen or not made of floats.
     *
     * @return the weights the source has and the model doesn't use
     */
    public List<String> check(WeightSource source) {
        shapes.forEach((name, shape) -> {
            Weight weight = source.get(name);
            if (!weight.shape().equals(shape)) {
                throw CodedException.user(
                                "weight_misshapen",
                                "The weight \"%s\" of %s is %s, and its configuration asks for %s."
                                        .formatted(name, source.describe(), weight.shape(), shape),
                                "Use the config.json that came with these weights.")
                        .with("weight", name);
            }
            if (!weight.type().isFloating()) {
                throw CodedException.user(
                                "weight_type_unsupported",
                                "The weight \"%s\" of %s is stored as %s."
                                        .formatted(name, source.describe(), weight.type()),
                                "Use weights in float32, float16 or bfloat16, or a GGUF file.")
                        .with("weight", name);
            }
        });
        return source.weights().stream()
                .map(Weight::name)
                .filter(name -> !shapes.containsKey(name))
                .toList();
    }
}
