package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a model folder that transformers loads: configuration, tokenizer, weights in one file or in shards. */
public final class HuggingFaceExport {
    /** Where transformers begins a new shard, too. */
    public static final long SHARD_BYTES = 5_000_000_000L;

    private final BaseModel base;
    private final ModelWeights weights;
    private final ElementType type;
    private final long shardBytes;
    private final Optional<ModelCard> card;

    /**
     * @param base the model whose configuration and tokenizer are taken
     * @param type how weights are stored: F32, F16 or BF16
     * @param shardBytes no file grows beyond this, unless one tensor alone does
     */
    public HuggingFaceExport(
            BaseModel base, ModelWeights weights, ElementType type, long shardBytes, Optional<ModelCard> card) {
        if (type != ElementType.F32 && type != ElementType.F16 && type != ElementType.BF16) {
            throw CodedException.user(
                    "weight_type_unsupported",
                    "A Hugging Face folder cannot be written as %s.".formatted(type),
                    "Choose one of F32, F16, BF16.");
        }
        this.base = base;
        this.weights = weights;
        this.type = type;
        this.shardBytes = shardBytes;
        this.card = card;
    }

    /** Writes the folder aside and renames it. */
    public void write(Path target) {
        WholeFolder.write(target, this::fill);
    }

    /** Writes the files into a folder that somebody else makes whole. */
    public void fill(Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), PythonJson.write(config(), true) + "\n");
        Files.writeString(folder.resolve("generation_config.json"), PythonJson.write(generationConfig(), true) + "\n");
        for (Map.Entry<String, byte[]> file : base.tokenizerFiles().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        if (card.isPresent()) {
            Files.write(folder.resolve("README.md"), card.get().toMarkdown().getBytes(StandardCharsets.UTF_8));
        }
        writeWeights(folder, weights.all(base, type));
    }

    private ObjectNode config() {
        ObjectNode config = switch (base) {
            case HuggingFaceFolder folder ->
                folder.json("config.json").orElseThrow().deepCopy();
            case GgufModel model -> ConfigWriter.write(model.config());
        };
        // Each spelling has its own key; a file that has the old one keeps it.
        config.put(config.has("torch_dtype") || !config.has("dtype") ? "torch_dtype" : "dtype", typeName());
        config.put("tie_word_embeddings", weights.tied());
        return config;
    }

    private String typeName() {
        return switch (type) {
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            default -> "float32";
        };
    }

    private ObjectNode generationConfig() {
        if (base instanceof HuggingFaceFolder folder) {
            Optional<ObjectNode> own = folder.json("generation_config.json");
            if (own.isPresent()) {
                return own.get();
            }
        }
        ObjectNode node = JsonMapper.shared().createObjectNode();
        ConfigWriter.putSpecialTokens(node, base.config());
        return node;
    }

    private void writeWeights(Path folder, List<TensorData> tensors) throws IOException {
        List<List<TensorData>> shards = shards(tensors);
        if (shards.size() == 1) {
            SafetensorsWriter.write(
                    folder.resolve(HuggingFaceFolder.SINGLE), SafetensorsWriter.PYTORCH, shards.getFirst());
            return;
        }
        ObjectNode index = JsonMapper.shared().createObjectNode();
        index.putObject("metadata")
                .put(
                        "total_size",
                        tensors.stream().mapToLong(HuggingFaceExport::size).sum());
        ObjectNode map = index.putObject("weight_map");
        for (int i = 0; i < shards.size(); i++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
            SafetensorsWriter.write(folder.resolve(name), SafetensorsWriter.PYTORCH, shards.get(i));
            shards.get(i).forEach(tensor -> map.put(tensor.name(), name));
        }
        Files.writeString(folder.resolve(HuggingFaceFolder.INDEX), PythonJson.write(index, true) + "\n");
    }

    private List<List<TensorData>> shards(List<TensorData> tensors) {
        List<List<TensorData>> shards = new ArrayList<>();
        long room = 0;
        for (TensorData tensor : tensors) {
            if (shards.isEmpty() || size(tensor) > room) {
                shards.add(new ArrayList<>());
                room = shardBytes;
            }
            shards.getLast().add(tensor);
            room -= size(tensor);
        }
        return shards;
    }

    private static long size(TensorData tensor) {
        return tensor.type().bytes(tensor.shape().elements());
    }
}
