package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import dev.temper.model.Activation;
import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderConfig.Attention;
import dev.temper.model.DecoderConfig.SpecialTokens;
import dev.temper.model.DecoderFamily;
import dev.temper.model.Rope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Reads a decoder's configuration from the metadata and the tensors of a GGUF file. */
final class GgufConfig {
    /** llama.cpp lets every sixth layer of Gemma 3 see everything, and rotates the others with this base. */
    static final int GEMMA_PATTERN = 6;

    static final double GEMMA_LOCAL_THETA = 10_000;
    /** llama.cpp recognises Gemma 3 27B by its layers, and scales its queries differently. */
    static final int GEMMA_27B_LAYERS = 62;

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final String describe;
    private final String prefix;
    private final DecoderFamily family;

    private GgufConfig(GgufFile file, String describe) {
        this.file = file;
        this.metadata = file.metadata();
        this.describe = describe;
        String architecture =
                metadata.text("general.architecture").orElseThrow(() -> metadata.missing("general.architecture"));
        this.prefix = architecture + ".";
        this.family = DecoderFamily.ofGgufArchitecture(architecture)
                .orElseThrow(() -> CodedException.user(
                                "model_architecture_unsupported",
                                "%s has the architecture \"%s\", which cannot be trained here."
                                        .formatted(describe, architecture),
                                "Use one of: " + DecoderFamily.supported() + ".")
                        .with("architecture", architecture));
    }

    static DecoderConfig of(GgufFile file, String describe) {
        return new GgufConfig(file, describe).config();
    }

    private DecoderConfig config() {
        refuse("expert_count");
        refuse("attn_logit_softcapping");
        refuse("final_logit_softcapping");
        int hidden = metadata.requiredWhole(prefix + "embedding_length");
        int layers = metadata.requiredWhole(prefix + "block_count");
        int heads = metadata.requiredWhole(prefix + "attention.head_count");
        int headDim = metadata.whole(prefix + "attention.key_length")
                .orElseGet(
                        () -> metadata.whole(prefix + "rope.dimension_count").orElse(heads < 1 ? 0 : hidden / heads));
        if (metadata.whole(prefix + "rope.dimension_count").orElse(headDim) != headDim
                || metadata.whole(prefix + "attention.value_length").orElse(headDim) != headDim) {
            throw unsupported(
                    "heads of %d that are rotated in part, or whose values differ in size".formatted(headDim));
        }
        Rope rope = rope(headDim);
        return new DecoderConfig(
                family,
                vocabulary(),
                hidden,
                metadata.requiredWhole(prefix + "feed_forward_length"),
                layers,
                attention(heads, headDim, hidden, layers),
                rope,
                family == DecoderFamily.GEMMA3 ? Rope.plain(GEMMA_LOCAL_THETA) : rope,
                metadata.real(prefix + "attention.layer_norm_rms_epsilon", 1e-6),
                family == DecoderFamily.GEMMA3 ? Activation.GELU_TANH : Activation.SILU,
                has("blk.0.ffn_gate.bias"),
                !has("output.weight"),
                metadata.whole(prefix + "context_length").orElse(2048),
                specialTokens(),
                storedType());
    }

    private Attention attention(int heads, int headDim, int hidden, int layers) {
        boolean gemma = family == DecoderFamily.GEMMA3;
        double scaledBy = gemma && layers == GEMMA_27B_LAYERS ? (double) hidden / heads : headDim;
        return new Attention(
                heads,
                metadata.whole(prefix + "attention.head_count_kv").orElse(heads),
                headDim,
                1 / Math.sqrt(scaledBy),
                has("blk.0.attn_q.bias"),
                has("blk.0.attn_output.bias"),
                has("blk.0.attn_q_norm.weight"),
                gemma ? metadata.whole(prefix + "attention.sliding_window").orElse(4096) : 0,
                gemma ? everySixthLayerIsGlobal(layers) : Collections.nCopies(Math.clamp(layers, 0, 1 << 12), false));
    }

    private static List<Boolean> everySixthLayerIsGlobal(int layers) {
        List<Boolean> sliding = new ArrayList<>();
        for (int layer = 0; layer < Math.clamp(layers, 0, 1 << 12); layer++) {
            sliding.add((layer + 1) % GEMMA_PATTERN != 0);
        }
        return sliding;
    }

    private int vocabulary() {
        GgufFile.Tensor embedding = file.tensors().get("token_embd.weight");
        if (embedding == null) {
            throw CodedException.user(
                            "weight_missing",
                            "The weight \"token_embd.weight\" is missing in %s.".formatted(describe),
                            "Download the file again.")
                    .with("weight", "token_embd.weight");
        }
        return Math.toIntExact(Math.min(embedding.shape().rows(), Integer.MAX_VALUE));
    }

    private Rope rope(int headDim) {
        double theta = metadata.real(prefix + "rope.freq_base", 10_000);
        if (has(GgufNames.ROPE_FACTORS)) {
            return llama3(theta, headDim);
        }
        String scaling = metadata.text(prefix + "rope.scaling.type").orElse("none");
        double factor = metadata.real(
                prefix + "rope.scaling.factor",
                metadata.real(prefix + "rope.scale_linear", scaling.equals("none") ? 1 : 0));
        return switch (scaling) {
            case "none", "linear" ->
                factor == 1 || factor == 0 ? Rope.plain(theta) : new Rope(Rope.Scaling.LINEAR, theta, factor, 1, 1, 0);
            default -> throw unsupported("rope scaling \"%s\"".formatted(scaling));
        };
    }

    /**
     * The file holds what each angle is divided by; Hugging Face holds the four numbers this follows from. They are
     * found again, and taken only if they give the same divisors.
     */
    private Rope llama3(double theta, int headDim) {
        float[] factors =
                GgufModel.weight(file, GgufNames.ROPE_FACTORS, describe).toFloats();
        double factor = 1;
        for (float each : factors) {
            factor = Math.max(factor, each);
        }
        float[] frequencies = Rope.plain(theta).inverseFrequencies(headDim, 0);
        if (factors.length == frequencies.length) {
            for (int i = 0; i < factors.length; i++) {
                if (factors[i] > 1 && factors[i] < factor) {
                    double kept = (1 / factors[i] - 1 / factor) / (1 - 1 / factor);
                    double wavelength = 2 * Math.PI / frequencies[i];
                    Rope candidate = new Rope(
                            Rope.Scaling.LLAMA3, theta, factor, 1, 4, (int) Math.round(wavelength * (1 + 3 * kept)));
                    if (gives(candidate, frequencies, factors)) {
                        return candidate;
                    }
                }
            }
        }
        throw unsupported("rotary factors (%s) that are not Llama 3's".formatted(GgufNames.ROPE_FACTORS));
    }

    private static boolean gives(Rope rope, float[] frequencies, float[] factors) {
        for (int i = 0; i < factors.length; i++) {
            if (Math.abs(rope.slowdown(frequencies[i]) - factors[i]) > 1e-3 * factors[i]) {
                return false;
            }
        }
        return true;
    }

    private SpecialTokens specialTokens() {
        List<Integer> end = new ArrayList<>();
        for (String key : List.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id")) {
            metadata.whole(key).ifPresent(id -> {
                if (!end.contains(id)) {
                    end.add(id);
                }
            });
        }
        OptionalInt padding = metadata.whole("tokenizer.ggml.padding_token_id");
        return new SpecialTokens(metadata.whole("tokenizer.ggml.bos_token_id"), end, padding);
    }

    private String storedType() {
        return file.tensors().values().stream()
                .max(Comparator.comparingLong(tensor -> tensor.shape().elements()))
                .map(tensor -> switch (tensor.type()) {
                    case F16 -> "float16";
                    case BF16 -> "bfloat16";
                    default -> "float32";
                })
                .orElse("float32");
    }

    private boolean has(String tensor) {
        return file.tensors().containsKey(tensor);
    }

    private void refuse(String key) {
        if (metadata.real(prefix + key, 0) != 0) {
            throw unsupported(prefix + key);
        }
    }

    private CodedException unsupported(String what) {
        return CodedException.user(
                "model_option_unsupported",
                "%s uses %s, which is not computed here.".formatted(describe, what),
                "Use a model without this option.");
    }
}
