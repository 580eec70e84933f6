package dev.temper.trainer;

import dev.temper.model.weights.SafetensorsWriter;
import dev.temper.model.weights.Shape;
import dev.temper.model.weights.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A Llama of two layers with random weights and a tokenizer of bytes: everything a run needs, made in a moment. */
public final class TinyModel {
    public static final int HIDDEN = 32;
    private static final int INTERMEDIATE = 64;
    private static final int LAYERS = 2;
    private static final int KEY_VALUES = 16;
    private static final List<String> CONTROL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

    private TinyModel() {}

    /** Writes the model into a folder. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        int vocabulary = 256 + CONTROL.size();
        Files.writeString(folder.resolve("config.json"), """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": %d, "hidden_size": %d,
                 "intermediate_size": %d, "num_hidden_layers": %d, "num_attention_heads": 4,
                 "num_key_value_heads": 2, "head_dim": 8, "hidden_act": "silu", "max_position_embeddings": 512,
                 "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "tie_word_embeddings": true, "eos_token_id": 256,
                 "torch_dtype": "float32"}
                """.formatted(vocabulary, HIDDEN, INTERMEDIATE, LAYERS));
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|endoftext|>\"}");
        SafetensorsWriter.write(folder.resolve("model.safetensors"), SafetensorsWriter.PYTORCH, weights(vocabulary));
        return folder;
    }

    private static List<TensorData> weights(int vocabulary) {
        Random random = new Random(1);
        List<TensorData> all = new ArrayList<>();
        all.add(drawn(random, "model.embed_tokens.weight", vocabulary, HIDDEN));
        for (int i = 0; i < LAYERS; i++) {
            String layer = "model.layers." + i + ".";
            all.add(drawn(random, layer + "self_attn.q_proj.weight", HIDDEN, HIDDEN));
            all.add(drawn(random, layer + "self_attn.k_proj.weight", KEY_VALUES, HIDDEN));
            all.add(drawn(random, layer + "self_attn.v_proj.weight", KEY_VALUES, HIDDEN));
            all.add(drawn(random, layer + "self_attn.o_proj.weight", HIDDEN, HIDDEN));
            all.add(drawn(random, layer + "mlp.gate_proj.weight", INTERMEDIATE, HIDDEN));
            all.add(drawn(random, layer + "mlp.up_proj.weight", INTERMEDIATE, HIDDEN));
            all.add(drawn(random, layer + "mlp.down_proj.weight", HIDDEN, INTERMEDIATE));
            all.add(ones(layer + "input_layernorm.weight"));
            all.add(ones(layer + "post_attention_layernorm.weight"));
        }
        all.add(ones("model.norm.weight"));
        return all;
    }

    private static TensorData drawn(Random random, String name, int rows, int columns) {
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (0.1 * random.nextGaussian());
        }
        return TensorData.of(name, Shape.of(rows, columns), numbers);
    }

    private static TensorData ones(String name) {
        float[] numbers = new float[HIDDEN];
        java.util.Arrays.fill(numbers, 1);
        return TensorData.of(name, Shape.of(HIDDEN), numbers);
    }

    /** Every byte is a token, under the letter that byte-level BPE gives it. */
    private static String tokenizer() {
        JsonMapper json = JsonMapper.shared();
        ObjectNode root = json.createObjectNode().put("version", "1.0");
        var added = root.putArray("added_tokens");
        for (int i = 0; i < CONTROL.size(); i++) {
            added.addObject()
                    .put("id", 256 + i)
                    .put("content", CONTROL.get(i))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        root.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        int beyond = 256;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
            vocabulary.put(String.valueOf((char) (printable ? value : beyond++)), value);
        }
        model.putArray("merges");
        return root.toString();
    }
}
