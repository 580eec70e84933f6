package dev.temper.trainer.model;

import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderFamily;
import dev.temper.model.family.Family;
import dev.temper.model.family.LayerModule;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.model.weights.SafetensorsWriter;
import dev.temper.model.weights.Shape;
import dev.temper.model.weights.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Models of random weights and few numbers, written as folders. */
public final class TinyModel {
    public static final int VOCABULARY = 40;

    private TinyModel() {}

    /** A model of one family, with all that family can have. */
    public static HuggingFaceFolder write(Path folder, DecoderFamily family, long seed) throws IOException {
        String more = switch (family) {
            case LLAMA -> "\"attention_bias\": true, \"mlp_bias\": true, \"tie_word_embeddings\": false,";
            case MISTRAL -> "\"sliding_window\": 5, \"tie_word_embeddings\": false,";
            case QWEN2 -> "\"tie_word_embeddings\": true,";
            case QWEN3 -> "\"tie_word_embeddings\": true, \"attention_bias\": false,";
            case GEMMA3 -> """
                "sliding_window": 5, "query_pre_attn_scalar": 16, "hidden_activation": "gelu_pytorch_tanh",
                "layer_types": ["sliding_attention", "full_attention", "sliding_attention"],
                "rope_local_base_freq": 1000.0,""";
        };
        String config = """
                {"model_type": "%s", "architectures": ["%s"], "hidden_size": 32, "intermediate_size": 48,
                 "num_hidden_layers": 3, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8,
                 "vocab_size": %d, "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "rope_theta": 10000.0,
                 %s "hidden_act": "silu", "torch_dtype": "float32"}
                """.formatted(family.modelType(), family.architecture(), VOCABULARY, more);
        Files.writeString(folder.resolve("config.json"), config);
        DecoderConfig read = DecoderConfig.read(folder);
        Random random = new Random(seed);
        List<TensorData> tensors = new ArrayList<>();
        tensors.add(tensor(random, "model.embed_tokens.weight", 0.5, VOCABULARY, read.hidden()));
        for (int layer = 0; layer < read.layers(); layer++) {
            for (LayerModule module : Family.of(family).layer(read)) {
                String name = "model.layers." + layer + "." + module.name();
                tensors.add(tensor(random, name + ".weight", 0.2, module.weightShape()));
                if (module.bias()) {
                    tensors.add(tensor(random, name + ".bias", 0.2, module.outputs()));
                }
            }
        }
        tensors.add(tensor(random, "model.norm.weight", 0.2, read.hidden()));
        if (!read.tied()) {
            tensors.add(tensor(random, "lm_head.weight", 0.2, VOCABULARY, read.hidden()));
        }
        SafetensorsWriter.write(folder.resolve("model.safetensors"), SafetensorsWriter.PYTORCH, tensors);
        return HuggingFaceFolder.open(folder);
    }

    private static TensorData tensor(Random random, String name, double spread, long... shape) {
        Shape sizes = Shape.of(shape);
        float[] numbers = new float[Math.toIntExact(sizes.elements())];
        boolean norm = name.contains("norm");
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) ((norm ? 1 : 0) + spread * random.nextGaussian());
        }
        return TensorData.of(name, sizes, numbers);
    }
}
