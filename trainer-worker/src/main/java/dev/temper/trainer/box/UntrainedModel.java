package dev.temper.trainer.box;

import dev.temper.model.weights.SafetensorsWriter;
import dev.temper.model.weights.Shape;
import dev.temper.model.weights.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A small Llama that has learned nothing yet, as a Hugging Face folder. */
final class UntrainedModel {
    static final int POSITIONS = 512;

    private static final int HIDDEN = 192;
    private static final int INTERMEDIATE = 512;
    private static final int LAYERS = 6;
    private static final int HEADS = 6;
    private static final int KEY_VALUE_HEADS = 2;
    private static final int HEAD_DIM = HIDDEN / HEADS;
    private static final double SPREAD = 0.02;

    private final List<TensorData> tensors = new ArrayList<>();
    private final Random random;

    private UntrainedModel(long seed) {
        random = new Random(seed);
    }

    static void write(Path folder, int vocabulary, long seed) throws IOException {
        Files.writeString(folder.resolve("config.json"), config(vocabulary));
        UntrainedModel model = new UntrainedModel(seed);
        model.draw(vocabulary);
        SafetensorsWriter.write(folder.resolve("model.safetensors"), SafetensorsWriter.PYTORCH, model.tensors);
    }

    private static String config(int vocabulary) {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode config = json.createObjectNode();
        config.putArray("architectures").add("LlamaForCausalLM");
        config.put("model_type", "llama")
                .put("vocab_size", vocabulary)
                .put("hidden_size", HIDDEN)
                .put("intermediate_size", INTERMEDIATE)
                .put("num_hidden_layers", LAYERS)
                .put("num_attention_heads", HEADS)
                .put("num_key_value_heads", KEY_VALUE_HEADS)
                .put("head_dim", HEAD_DIM)
                .put("hidden_act", "silu")
                .put("max_position_embeddings", POSITIONS)
                .put("rms_norm_eps", 1e-5)
                .put("rope_theta", 10000.0)
                .put("attention_bias", false)
                .put("mlp_bias", false)
                .put("tie_word_embeddings", true)
                .put("initializer_range", SPREAD)
                .put("eos_token_id", TokenizerFile.CONTROL.indexOf("<|im_end|>"))
                .put("pad_token_id", TokenizerFile.CONTROL.indexOf("<|endoftext|>"))
                .put("torch_dtype", "float32");
        return json.writeValueAsString(config) + "\n";
    }

    private void draw(int vocabulary) {
        normal("model.embed_tokens.weight", vocabulary, HIDDEN, SPREAD);
        // What is added to the residual stream starts smaller the more layers add to it (GPT-2).
        double added = SPREAD / Math.sqrt(2.0 * LAYERS);
        for (int i = 0; i < LAYERS; i++) {
            String layer = "model.layers." + i + ".";
            normal(layer + "self_attn.q_proj.weight", HEADS * HEAD_DIM, HIDDEN, SPREAD);
            normal(layer + "self_attn.k_proj.weight", KEY_VALUE_HEADS * HEAD_DIM, HIDDEN, SPREAD);
            normal(layer + "self_attn.v_proj.weight", KEY_VALUE_HEADS * HEAD_DIM, HIDDEN, SPREAD);
            normal(layer + "self_attn.o_proj.weight", HIDDEN, HEADS * HEAD_DIM, added);
            normal(layer + "mlp.gate_proj.weight", INTERMEDIATE, HIDDEN, SPREAD);
            normal(layer + "mlp.up_proj.weight", INTERMEDIATE, HIDDEN, SPREAD);
            normal(layer + "mlp.down_proj.weight", HIDDEN, INTERMEDIATE, added);
            ones(layer + "input_layernorm.weight");
            ones(layer + "post_attention_layernorm.weight");
        }
        ones("model.norm.weight");
    }

    private void normal(String name, int rows, int columns, double spread) {
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (random.nextGaussian() * spread);
        }
        tensors.add(TensorData.of(name, Shape.of(rows, columns), numbers));
    }

    private void ones(String name) {
        float[] numbers = new float[HIDDEN];
        Arrays.fill(numbers, 1);
        tensors.add(TensorData.of(name, Shape.of(HIDDEN), numbers));
    }
}
