package dev.temper.model;

import dev.temper.contract.CodedException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a decoder is built from, whatever file it came from: sizes, attention, rotary angles, special tokens.
 *
 * @param hidden width of the residual stream
 * @param intermediate width of the gated feed-forward block
 * @param rope angles of the layers that see everything
 * @param localRope angles of the layers with a window; equal to {@code rope} in every family but Gemma 3
 * @param tied the head is the embedding
 * @param maxPositions the longest context the model claims
 * @param storedType how the weights say they are stored: {@code float32}, {@code float16} or {@code bfloat16}
 */
public record DecoderConfig(
        DecoderFamily family,
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        Attention attention,
        Rope rope,
        Rope localRope,
        double normEpsilon,
        Activation activation,
        boolean mlpBias,
        boolean tied,
        int maxPositions,
        SpecialTokens specialTokens,
        String storedType) {

    /**
     * Attention of every layer.
     *
     * @param queryScale what the product of a query and a key is multiplied by
     * @param bias q, k and v have one
     * @param outputBias o has one
     * @param queryKeyNorm q and k are normalised per head before they are rotated
     * @param window how many positions back a sliding layer sees, itself included; 0 where no layer slides
     * @param sliding by layer, whether the window applies
     */
    public record Attention(
            int heads,
            int keyValueHeads,
            int headDim,
            double queryScale,
            boolean bias,
            boolean outputBias,
            boolean queryKeyNorm,
            int window,
            List<Boolean> sliding) {
        public Attention {
            sliding = List.copyOf(sliding);
        }
    }

    /** Ids with a meaning of their own; a model may end a text in more than one way. */
    public record SpecialTokens(OptionalInt begin, List<Integer> end, OptionalInt padding) {
        public SpecialTokens {
            end = List.copyOf(end);
        }
    }

    public DecoderConfig {
        positive("vocab_size", vocabulary, 1 << 24);
        positive("hidden_size", hidden, 1 << 20);
        positive("intermediate_size", intermediate, 1 << 22);
        positive("num_hidden_layers", layers, 1 << 12);
        positive("num_attention_heads", attention.heads(), 1 << 12);
        positive("num_key_value_heads", attention.keyValueHeads(), 1 << 12);
        positive("head_dim", attention.headDim(), 1 << 12);
        positive("max_position_embeddings", maxPositions, Integer.MAX_VALUE);
        if (attention.heads() % attention.keyValueHeads() != 0) {
            throw invalid("num_attention_heads (%d) is not a multiple of num_key_value_heads (%d)"
                    .formatted(attention.heads(), attention.keyValueHeads()));
        }
        if (attention.headDim() % 2 != 0) {
            throw invalid("head_dim is %d, and rotary positions need an even one".formatted(attention.headDim()));
        }
        if (attention.sliding().size() != layers) {
            throw invalid("layer_types has %d entries for %d layers"
                    .formatted(attention.sliding().size(), layers));
        }
        if (attention.sliding().contains(true) && attention.window() < 1) {
            throw invalid("there are sliding layers, but sliding_window is %d".formatted(attention.window()));
        }
        if (!(normEpsilon > 0 && normEpsilon < 1)) {
            throw invalid("rms_norm_eps is %s".formatted(normEpsilon));
        }
        if (!(rope.theta() > 1) || !(localRope.theta() > 1)) {
            throw invalid("rope_theta is %s".formatted(rope.theta()));
        }
    }

    /** Reads {@code config.json} of a Hugging Face folder, in the spelling of transformers 4 or 5. */
    public static DecoderConfig read(Path folder) {
        return HuggingFaceConfig.read(folder.resolve("config.json"));
    }

    public int heads() {
        return attention.heads();
    }

    public int keyValueHeads() {
        return attention.keyValueHeads();
    }

    public int headDim() {
        return attention.headDim();
    }

    /** Width of all queries together. */
    public int queryWidth() {
        return attention.heads() * attention.headDim();
    }

    /** Width of all keys together, and of all values. */
    public int keyValueWidth() {
        return attention.keyValueHeads() * attention.headDim();
    }

    /** The same model with a head of its own, or without. */
    public DecoderConfig withTied(boolean headIsEmbedding) {
        return new DecoderConfig(
                family,
                vocabulary,
                hidden,
                intermediate,
                layers,
                attention,
                rope,
                localRope,
                normEpsilon,
                activation,
                mlpBias,
                headIsEmbedding,
                maxPositions,
                specialTokens,
                storedType);
    }

    /** How many positions back this layer sees, itself included; 0 for all. */
    public int window(int layer) {
        return attention.sliding().get(layer) ? attention.window() : 0;
    }

    public Rope rope(int layer) {
        return attention.sliding().get(layer) ? localRope : rope;
    }

    /** What embeddings are multiplied by before the first layer. */
    public double embeddingScale() {
        return family == DecoderFamily.GEMMA3 ? Math.sqrt(hidden) : 1;
    }

    /** What is added to a norm's weight before it multiplies: Gemma stores weights around 0. */
    public double normOffset() {
        return family == DecoderFamily.GEMMA3 ? 1 : 0;
    }

    /** Whether attention and feed-forward are normalised once more before they are added (Gemma 3). */
    public boolean sandwichNorms() {
        return family == DecoderFamily.GEMMA3;
    }

    private static void positive(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw invalid("%s is %d".formatted(key, value));
        }
    }

    static CodedException invalid(String what) {
        return CodedException.user(
                "model_config_invalid",
                "The model's configuration cannot be right: " + what + ".",
                "Compare config.json with the model's source and download it again.");
    }
}
