package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import dev.temper.model.DecoderConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A model folder as Hugging Face lays it out: one safetensors file, or several with an index. Pickles are never read. */
public final class HuggingFaceFolder implements BaseModel {
    static final String SINGLE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";
    private static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "chat_template.jinja",
            "tokenizer.model",
            "vocab.json",
            "merges.txt");
    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*\\.safetensors");

    private final Path folder;
    private final DecoderConfig config;
    private final List<SafetensorsFile> files = new ArrayList<>();
    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final List<String> unused;

    private HuggingFaceFolder(Path folder) {
        this.folder = folder;
        this.config = DecoderConfig.read(folder);
        try {
            if (Files.isRegularFile(folder.resolve(INDEX))) {
                openShards();
            } else {
                openSingle();
            }
            this.unused = WeightLayout.of(config).check(this);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Maps a folder's weights and checks that the model its configuration describes is all there. */
    public static HuggingFaceFolder open(Path folder) {
        return new HuggingFaceFolder(folder);
    }

    private void openSingle() {
        Path file = folder.resolve(SINGLE);
        if (!Files.isRegularFile(file)) {
            throw noSafetensors();
        }
        SafetensorsFile opened = SafetensorsFile.open(file);
        files.add(opened);
        opened.weights().forEach(weight -> weights.put(weight.name(), weight));
    }

    private CodedException noSafetensors() {
        try (Stream<Path> list = Files.list(folder)) {
            boolean pickle = list.map(path -> path.getFileName().toString())
                    .anyMatch(name -> name.endsWith(".bin") || name.endsWith(".pt") || name.endsWith(".pth"));
            if (pickle) {
                return CodedException.user(
                        "weights_are_pickled",
                        "%s has its weights as a Python pickle, which can run any code when it is read."
                                .formatted(folder),
                        "Use the safetensors files of the same model, or save it again with transformers.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CodedException.user(
                "weights_missing",
                "There is neither %s nor %s in %s.".formatted(SINGLE, INDEX, folder),
                "Download the whole model folder.");
    }

    private void openShards() {
        Map<String, List<String>> namesByFile = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : weightMap().properties()) {
            String file = entry.getValue().asString("");
            // The index comes from outside: a shard must be a plain file name beside it.
            if (!SHARD.matcher(file).matches()) {
                throw brokenIndex("it puts \"%s\" into %s".formatted(entry.getKey(), entry.getValue()));
            }
            namesByFile.computeIfAbsent(file, _ -> new ArrayList<>()).add(entry.getKey());
        }
        namesByFile.forEach((file, names) -> {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw CodedException.user(
                                "weights_missing",
                                "The shard %s is missing in %s.".formatted(file, folder),
                                "Download the whole model folder.")
                        .with("file", file);
            }
            SafetensorsFile shard = SafetensorsFile.open(folder.resolve(file));
            files.add(shard);
            names.forEach(name -> weights.put(name, shard.get(name)));
        });
    }

    private JsonNode weightMap() {
        try {
            JsonNode map = JsonMapper.shared()
                    .readTree(Files.readAllBytes(folder.resolve(INDEX)))
                    .path("weight_map");
            if (!map.isObject()) {
                throw brokenIndex("it has no weight_map");
            }
            return map;
        } catch (JacksonException | IOException e) {
            throw brokenIndex("it cannot be read").because(e);
        }
    }

    private CodedException brokenIndex(String what) {
        return CodedException.user(
                "weights_index_invalid",
                "%s is not a usable index: %s.".formatted(folder.resolve(INDEX), what),
                "Download the file again.");
    }

    @Override
    public DecoderConfig config() {
        return config;
    }

    @Override
    public List<String> unused() {
        return unused;
    }

    @Override
    public Map<String, byte[]> tokenizerFiles() {
        Map<String, byte[]> result = new LinkedHashMap<>();
        for (String name : TOKENIZER_FILES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                try {
                    result.put(name, Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return result;
    }

    /** A JSON file of the folder; empty where there is none. */
    Optional<ObjectNode> json(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.isRegularFile(file)
                            && JsonMapper.shared().readTree(Files.readAllBytes(file)) instanceof ObjectNode node
                    ? Optional.of(node)
                    : Optional.empty();
        } catch (JacksonException | IOException e) {
            throw CodedException.user(
                            "model_config_invalid", "%s cannot be read.".formatted(file), "Download the file again.")
                    .because(e);
        }
    }

    @Override
    public Collection<Weight> weights() {
        return Collections.unmodifiableCollection(weights.values());
    }

    @Override
    public Optional<Weight> find(String name) {
        return Optional.ofNullable(weights.get(name));
    }

    @Override
    public String describe() {
        return folder.toString();
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
