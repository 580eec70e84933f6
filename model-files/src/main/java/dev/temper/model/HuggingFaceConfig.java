package dev.temper.model;

import dev.temper.contract.CodedException;
import dev.temper.model.DecoderConfig.Attention;
import dev.temper.model.DecoderConfig.SpecialTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code config.json}. Absent keys take the defaults of transformers' configuration classes; an option that would
 * change the mathematics and is not computed here is refused by its name.
 */
final class HuggingFaceConfig {
    private static final long LARGEST_FILE = 4L << 20;
    private static final Set<String> STORED_TYPES = Set.of("float32", "float16", "bfloat16");

    private final JsonNode root;
    private final DecoderFamily family;
    /** {@code eos_token_id} of {@code generation_config.json}, where chat models name the end of a turn, too. */
    private final JsonNode generationEnds;

    private final int layers;

    private HuggingFaceConfig(JsonNode root, DecoderFamily family, JsonNode generationEnds) {
        this.root = root;
        this.family = family;
        this.generationEnds = generationEnds;
        this.layers = required("num_hidden_layers");
    }

    static DecoderConfig read(Path file) {
        JsonNode root = parse(file);
        if (!root.isObject()) {
            throw DecoderConfig.invalid("%s is not a JSON object".formatted(file));
        }
        Path generation = file.resolveSibling("generation_config.json");
        JsonNode ends =
                Files.isRegularFile(generation) ? parse(generation).path("eos_token_id") : root.path("eos_token_id");
        return new HuggingFaceConfig(root, family(root, file), ends).config();
    }

    private static JsonNode parse(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CodedException.user(
                    "model_config_missing",
                    "There is no %s in %s.".formatted(file.getFileName(), file.getParent()),
                    "Name a Hugging Face model folder (with config.json) or a .gguf file.");
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw DecoderConfig.invalid("%s has %d bytes".formatted(file, Files.size(file)));
            }
            return JsonMapper.shared().readTree(Files.readAllBytes(file));
        } catch (JacksonException | IOException e) {
            throw DecoderConfig.invalid("%s cannot be read (%s)".formatted(file, firstLine(e)))
                    .because(e);
        }
    }

    private static DecoderFamily family(JsonNode root, Path file) {
        String modelType = root.path("model_type").asString("");
        return DecoderFamily.ofModelType(modelType)
                .orElseThrow(() -> CodedException.user(
                                "model_architecture_unsupported",
                                "%s says model_type \"%s\" (architectures %s), which cannot be trained here."
                                        .formatted(file, modelType, root.path("architectures")),
                                "Use one of: " + DecoderFamily.supported() + ".")
                        .with("modelType", modelType));
    }

    private DecoderConfig config() {
        refuseWhatIsNotComputed();
        int hidden = required("hidden_size");
        int heads = required("num_attention_heads");
        int maxPositions = integer("max_position_embeddings", 2048);
        Rope rope = rope(false, maxPositions);
        boolean gemma = family == DecoderFamily.GEMMA3;
        return new DecoderConfig(
                family,
                required("vocab_size"),
                hidden,
                required("intermediate_size"),
                layers,
                attention(hidden, heads),
                rope,
                gemma ? rope(true, maxPositions) : rope,
                number(root, "rms_norm_eps", 1e-6),
                activation(),
                bool("mlp_bias", false),
                bool("tie_word_embeddings", gemma),
                maxPositions,
                new SpecialTokens(id("bos_token_id"), ends(), id("pad_token_id")),
                storedType());
    }

    private Attention attention(int hidden, int heads) {
        int headDim = integer(
                "head_dim",
                switch (family) {
                    case QWEN3 -> 128;
                    case GEMMA3 -> 256;
                    default -> heads < 1 ? 0 : hidden / heads;
                });
        double queryScale =
                1 / Math.sqrt(family == DecoderFamily.GEMMA3 ? number(root, "query_pre_attn_scalar", 256) : headDim);
        boolean outputBias = family != DecoderFamily.QWEN2 && bool("attention_bias", false);
        List<Boolean> sliding = sliding();
        return new Attention(
                heads,
                integer("num_key_value_heads", heads),
                headDim,
                queryScale,
                family == DecoderFamily.QWEN2 || outputBias,
                outputBias,
                family == DecoderFamily.QWEN3 || family == DecoderFamily.GEMMA3,
                sliding.contains(true) ? integer("sliding_window", 4096) : 0,
                sliding);
    }

    /** By layer, whether its attention is cut to the window. */
    private List<Boolean> sliding() {
        boolean windowGiven = !root.path("sliding_window").isNull();
        return switch (family) {
            case LLAMA -> same(false);
            // Mistral's class has a window of 4096 unless the file says null; all its layers slide.
            case MISTRAL -> same(windowGiven);
            case QWEN2, QWEN3 -> {
                boolean used = bool("use_sliding_window", false) && windowGiven;
                int first = integer("max_window_layers", 28);
                yield used ? layerTypes(layer -> layer >= first) : same(false);
            }
            case GEMMA3 -> {
                int pattern = integer("sliding_window_pattern", integer("_sliding_window_pattern", 6));
                if (pattern < 1) {
                    throw DecoderConfig.invalid("sliding_window_pattern is " + pattern);
                }
                yield layerTypes(layer -> (layer + 1) % pattern != 0);
            }
        };
    }

    private List<Boolean> same(boolean value) {
        return Collections.nCopies(Math.clamp(layers, 0, 1 << 12), value);
    }

    private List<Boolean> layerTypes(java.util.function.IntPredicate byDefault) {
        List<Boolean> result = new ArrayList<>();
        JsonNode types = root.path("layer_types");
        if (!types.isArray()) {
            for (int layer = 0; layer < Math.clamp(layers, 0, 1 << 12); layer++) {
                result.add(byDefault.test(layer));
            }
            return result;
        }
        for (JsonNode type : types) {
            result.add(
                    switch (type.asString("")) {
                        case "sliding_attention" -> true;
                        case "full_attention" -> false;
                        default -> throw unsupported("layer_types", type.toString());
                    });
        }
        return result;
    }

    /** transformers 5 writes {@code rope_parameters} (Gemma 3: one each kind of layer); 4 wrote theta and scaling apart. */
    private Rope rope(boolean local, int maxPositions) {
        JsonNode parameters = root.path("rope_parameters");
        if (parameters.isObject()) {
            JsonNode own = parameters.path(local ? "sliding_attention" : "full_attention");
            JsonNode chosen = own.isObject() ? own : parameters;
            return rope(chosen, number(chosen, "rope_theta", theta(local)), maxPositions);
        }
        if (local) {
            return Rope.plain(number(root, "rope_local_base_freq", 10_000));
        }
        return rope(root.path("rope_scaling"), theta(false), maxPositions);
    }

    private double theta(boolean local) {
        if (local) {
            return 10_000;
        }
        return number(root, "rope_theta", family == DecoderFamily.GEMMA3 ? 1_000_000 : 10_000);
    }

    private Rope rope(JsonNode scaling, double theta, int maxPositions) {
        if (number(scaling, "partial_rotary_factor", number(root, "partial_rotary_factor", 1)) != 1) {
            throw unsupported("partial_rotary_factor", scaling.toString());
        }
        String type = scaling.path("rope_type").asString(scaling.path("type").asString("default"));
        double factor = number(scaling, "factor", 1);
        if (!(factor >= 1)) {
            throw DecoderConfig.invalid("the rope scaling's factor is " + factor);
        }
        return switch (type) {
            case "default" -> Rope.plain(theta);
            case "linear" -> new Rope(Rope.Scaling.LINEAR, theta, factor, 1, 1, 0);
            case "dynamic" -> new Rope(Rope.Scaling.DYNAMIC, theta, factor, 1, 1, maxPositions);
            case "llama3" -> llama3(scaling, theta, factor, maxPositions);
            default -> throw unsupported("rope_scaling", type);
        };
    }

    private static Rope llama3(JsonNode scaling, double theta, double factor, int maxPositions) {
        double low = number(scaling, "low_freq_factor", 1);
        double high = number(scaling, "high_freq_factor", 4);
        int original = (int) number(scaling, "original_max_position_embeddings", maxPositions);
        if (!(low > 0) || !(high > low) || original < 1) {
            throw DecoderConfig.invalid("llama3 rope scaling with " + scaling);
        }
        return new Rope(Rope.Scaling.LLAMA3, theta, factor, low, high, original);
    }

    private Activation activation() {
        String key = family == DecoderFamily.GEMMA3 ? "hidden_activation" : "hidden_act";
        String fallback = family == DecoderFamily.GEMMA3 ? "gelu_pytorch_tanh" : "silu";
        String name = root.path(key).asString(fallback);
        return switch (name) {
            case "silu", "swish" -> Activation.SILU;
            case "gelu_pytorch_tanh" -> Activation.GELU_TANH;
            default -> throw unsupported(key, name);
        };
    }

    private void refuseWhatIsNotComputed() {
        for (String key : List.of("attn_logit_softcapping", "final_logit_softcapping", "quantization_config")) {
            if (!absent(root.path(key))) {
                throw unsupported(key, root.path(key).toString());
            }
        }
        if (bool("use_bidirectional_attention", false)) {
            throw unsupported("use_bidirectional_attention", "true");
        }
    }

    private String storedType() {
        String type = root.path("dtype").asString(root.path("torch_dtype").asString("float32"));
        return STORED_TYPES.contains(type) ? type : "float32";
    }

    private OptionalInt id(String key) {
        JsonNode node = root.path(key);
        return node.canConvertToInt() && node.isIntegralNumber()
                ? OptionalInt.of(node.intValue())
                : OptionalInt.empty();
    }

    private List<Integer> ends() {
        Set<Integer> result = new LinkedHashSet<>();
        for (JsonNode node : List.of(root.path("eos_token_id"), generationEnds)) {
            Stream.concat(Stream.of(node), node.valueStream())
                    .filter(each -> each.isIntegralNumber() && each.canConvertToInt())
                    .forEach(each -> result.add(each.intValue()));
        }
        return List.copyOf(result);
    }

    private int required(String key) {
        if (absent(root.path(key))) {
            throw DecoderConfig.invalid("\"%s\" is missing".formatted(key));
        }
        return integer(key, 0);
    }

    private int integer(String key, int fallback) {
        JsonNode node = root.path(key);
        if (absent(node)) {
            return fallback;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw DecoderConfig.invalid("\"%s\" is %s".formatted(key, node));
        }
        return node.intValue();
    }

    private boolean bool(String key, boolean fallback) {
        JsonNode node = root.path(key);
        if (absent(node)) {
            return fallback;
        }
        if (!node.isBoolean()) {
            throw DecoderConfig.invalid("\"%s\" is %s".formatted(key, node));
        }
        return node.booleanValue();
    }

    private static double number(JsonNode parent, String key, double fallback) {
        JsonNode node = parent.path(key);
        if (absent(node)) {
            return fallback;
        }
        if (!node.isNumber()) {
            throw DecoderConfig.invalid("\"%s\" is %s".formatted(key, node));
        }
        return node.doubleValue();
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private CodedException unsupported(String option, String value) {
        return CodedException.user(
                        "model_option_unsupported",
                        "This %s model sets %s to %s, which is not computed here."
                                .formatted(family.modelType(), option, value),
                        "Use a model without this option.")
                .with("option", option);
    }

    private static String firstLine(Exception e) {
        @Nullable String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
