package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An adapter as PEFT saves it: {@code adapter_config.json} and {@code adapter_model.safetensors}. The weights are named
 * as in the file.
 */
public final class PeftFolder implements WeightSource {
    public static final String CONFIG = "adapter_config.json";
    public static final String WEIGHTS = "adapter_model.safetensors";
    /** What stands before a module's name in the base model. */
    public static final String PREFIX = "base_model.model.";

    private static final String LORA_A = ".lora_A.weight";
    private static final String LORA_B = ".lora_B.weight";
    private static final String EMBEDDING_A = ".lora_embedding_A";
    private static final String EMBEDDING_B = ".lora_embedding_B";
    private static final String MAGNITUDE = ".lora_magnitude_vector";
    private static final String IA3 = ".ia3_l";

    private final Path folder;
    private final PeftConfig config;
    private final SafetensorsFile file;
    private final Map<String, LoraWeights> loras = new LinkedHashMap<>();
    private final Map<String, Weight> saved = new LinkedHashMap<>();
    private final Map<String, Weight> factors = new LinkedHashMap<>();

    private PeftFolder(Path folder) {
        this.folder = folder;
        this.config = readConfig(folder);
        Path weights = folder.resolve(WEIGHTS);
        if (!Files.isRegularFile(weights)) {
            throw CodedException.user(
                    Files.isRegularFile(folder.resolve("adapter_model.bin"))
                            ? "weights_are_pickled"
                            : "weights_missing",
                    "There is no %s in %s.".formatted(WEIGHTS, folder),
                    "Save the adapter with safetensors, as PEFT does by default.");
        }
        this.file = SafetensorsFile.open(weights);
        try {
            if (config instanceof PeftConfig.Lora lora) {
                file.weights().forEach(weight -> sort(weight, lora));
            } else if (config instanceof PeftConfig.Ia3) {
                file.weights().forEach(this::putFactor);
            }
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    public static PeftFolder open(Path folder) {
        return new PeftFolder(folder);
    }

    /** Whether the folder looks like an adapter rather than a model. */
    public static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG));
    }

    /** Writes an adapter folder that PEFT loads; tensors are named as in the file. */
    public static void write(Path target, PeftConfig config, Collection<? extends TensorData> tensors) {
        WholeFolder.write(target, folder -> fill(folder, config, tensors));
    }

    /** The same, into a folder that somebody else makes whole. */
    public static void fill(Path folder, PeftConfig config, Collection<? extends TensorData> tensors)
            throws IOException {
        Files.writeString(folder.resolve(CONFIG), config.toJson());
        SafetensorsWriter.write(folder.resolve(WEIGHTS), SafetensorsWriter.PYTORCH, tensors);
    }

    private static PeftConfig readConfig(Path folder) {
        Path file = folder.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw CodedException.user(
                    "adapter_config_missing",
                    "There is no %s in %s.".formatted(CONFIG, folder),
                    "Name a folder that PEFT or this trainer saved.");
        }
        try {
            JsonNode node = JsonMapper.shared().readTree(Files.readAllBytes(file));
            if (node instanceof ObjectNode object) {
                return PeftConfig.of(object, file.toString());
            }
            throw PeftConfig.invalid(file.toString(), "it is not a JSON object");
        } catch (JacksonException | IOException e) {
            throw PeftConfig.invalid(file.toString(), "it cannot be read").because(e);
        }
    }

    private void sort(Weight weight, PeftConfig.Lora lora) {
        String name = weight.name();
        if (!name.startsWith(PREFIX)) {
            throw unknown(name);
        }
        String inner = name.substring(PREFIX.length());
        if (inner.endsWith(LORA_A)) {
            put(inner.substring(0, inner.length() - LORA_A.length()), weight, LORA_B, false, lora);
        } else if (inner.endsWith(EMBEDDING_A)) {
            put(inner.substring(0, inner.length() - EMBEDDING_A.length()), weight, EMBEDDING_B, true, lora);
        } else if (!inner.endsWith(LORA_B) && !inner.endsWith(EMBEDDING_B) && !inner.endsWith(MAGNITUDE)) {
            if (inner.contains(".lora_")) {
                throw unknown(name);
            }
            // PEFT stores the frozen embedding beside an adapted one; it is the base's own.
            if (!inner.contains(".base_layer.")) {
                saved.put(inner, weight);
            }
        }
    }

    private void put(String module, Weight a, String suffixOfB, boolean embedding, PeftConfig.Lora lora) {
        Weight b = file.get(PREFIX + module + suffixOfB);
        Optional<Weight> magnitude = file.find(PREFIX + module + MAGNITUDE);
        boolean matrices = a.shape().sizes().size() == 2 && b.shape().sizes().size() == 2;
        if (!matrices
                || !a.shape().sizes().getFirst().equals(b.shape().sizes().getLast())
                || a.shape().rows() < 1) {
            throw misshapen("%s and %s are %s and %s".formatted(a.name(), b.name(), a.shape(), b.shape()));
        }
        if (lora.dora() && magnitude.isEmpty()) {
            file.get(PREFIX + module + MAGNITUDE);
        }
        if (magnitude.isPresent()
                && magnitude.get().shape().elements() != b.shape().sizes().getFirst()) {
            throw misshapen(
                    "%s is %s".formatted(magnitude.get().name(), magnitude.get().shape()));
        }
        int rank = Math.toIntExact(a.shape().sizes().getFirst());
        loras.put(module, new LoraWeights(module, a, b, magnitude, embedding, lora.scale(module, rank)));
    }

    private void putFactor(Weight weight) {
        String name = weight.name();
        if (!name.startsWith(PREFIX) || !name.endsWith(IA3)) {
            throw unknown(name);
        }
        factors.put(name.substring(PREFIX.length(), name.length() - IA3.length()), weight);
    }

    private CodedException misshapen(String what) {
        return CodedException.user(
                "weight_misshapen",
                "In %s, %s.".formatted(folder, what),
                "Use the adapter_config.json that came with these weights.");
    }

    private CodedException unknown(String name) {
        return CodedException.user(
                        "adapter_weight_unknown",
                        "The adapter %s has a weight \"%s\", whose kind is not known here.".formatted(folder, name),
                        "Use an adapter saved by PEFT for a causal language model.")
                .with("weight", name);
    }

    public PeftConfig config() {
        return config;
    }

    /** Low-rank parts by the name of the module they adapt, such as {@code model.layers.0.self_attn.q_proj}. */
    public Map<String, LoraWeights> loras() {
        return Collections.unmodifiableMap(loras);
    }

    /** Weights that replace the base's, by its names: {@code modules_to_save}. */
    public Map<String, Weight> saved() {
        return Collections.unmodifiableMap(saved);
    }

    /** IA³'s vectors by module: [out, 1] multiplies what the module gives, [1, in] what it gets. */
    public Map<String, Weight> factors() {
        return Collections.unmodifiableMap(factors);
    }

    @Override
    public Collection<Weight> weights() {
        return file.weights();
    }

    @Override
    public Optional<Weight> find(String name) {
        return file.find(name);
    }

    @Override
    public String describe() {
        return folder.toString();
    }

    @Override
    public void close() {
        file.close();
    }
}
