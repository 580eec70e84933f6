package dev.temper.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderConfigTest {
    private static final String SIZES = """
            "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 4, "num_attention_heads": 4,
            "num_key_value_heads": 2, "vocab_size": 1024""";

    @TempDir
    Path folder;

    @Test
    void bothSpellingsOfTransformersMeanTheSame() throws IOException {
        DecoderConfig four = read(
                "{\"model_type\": \"llama\", %s, \"rope_theta\": 500000.0, \"torch_dtype\": \"bfloat16\", \"rope_scaling\": %s}"
                        .formatted(SIZES, llama3("")));
        DecoderConfig five = read("{\"model_type\": \"llama\", %s, \"dtype\": \"bfloat16\", \"rope_parameters\": %s}"
                .formatted(SIZES, llama3(", \"rope_theta\": 500000.0")));

        assertThat(five).isEqualTo(four);
        assertThat(five.rope()).isEqualTo(new Rope(Rope.Scaling.LLAMA3, 500_000, 8, 1, 4, 64));
        assertThat(five.storedType()).isEqualTo("bfloat16");
    }

    private static String llama3(String more) {
        return "{\"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0, "
                + "\"original_max_position_embeddings\": 64" + more + "}";
    }

    @Test
    void gemmaHasItsOwnAnglesScaleAndPattern() throws IOException {
        DecoderConfig config = read("""
                {"model_type": "gemma3_text", %s, "head_dim": 24, "query_pre_attn_scalar": 16, "sliding_window": 8,
                 "rope_theta": 1000000.0, "rope_local_base_freq": 5000.0, "rope_scaling": {"type": "linear", "factor": 8.0},
                 "sliding_window_pattern": 3, "eos_token_id": [1, 106]}""".formatted(SIZES));

        assertThat(config.attention().sliding()).containsExactly(true, true, false, true);
        assertThat(config.rope(2)).isEqualTo(new Rope(Rope.Scaling.LINEAR, 1_000_000, 8, 1, 1, 0));
        assertThat(config.rope(0)).isEqualTo(Rope.plain(5000));
        assertThat(config.window(0)).isEqualTo(8);
        assertThat(config.window(2)).isZero();
        assertThat(config.attention().queryScale()).isEqualTo(0.25);
        assertThat(config.embeddingScale()).isEqualTo(8);
        assertThat(config.tied()).isTrue();
        assertThat(config.specialTokens().end()).isEqualTo(List.of(1, 106));
        assertThat(config.specialTokens().begin()).isEqualTo(OptionalInt.empty());
    }

    @Test
    void whatEndsATurnIsNamedBesideToo() throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [7, 9]}");

        assertThat(read("{\"model_type\": \"llama\", \"eos_token_id\": 9, %s}".formatted(SIZES))
                        .specialTokens()
                        .end())
                .containsExactly(9, 7);
    }

    @Test
    void absentKeysTakeTheDefaultsOfTransformers() throws IOException {
        DecoderConfig mistral = read("{\"model_type\": \"mistral\", %s}".formatted(SIZES));
        DecoderConfig open = read("{\"model_type\": \"mistral\", \"sliding_window\": null, %s}".formatted(SIZES));
        DecoderConfig qwen2 = read("{\"model_type\": \"qwen2\", %s}".formatted(SIZES));

        assertThat(mistral.window(3)).isEqualTo(4096);
        assertThat(open.window(3)).isZero();
        assertThat(qwen2.attention().bias()).isTrue();
        assertThat(qwen2.attention().outputBias()).isFalse();
        assertThat(qwen2.headDim()).isEqualTo(16);
        assertThat(qwen2.rope()).isEqualTo(Rope.plain(10_000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"model_type": "gpt_neox"}                                                       | model_architecture_unsupported | gpt_neox
        {}                                                                               | model_architecture_unsupported | llama
        [1]                                                                              | model_config_invalid           | JSON object
        {"model_type": "llama",                                                          | model_config_invalid           | config.json
        {"model_type": "llama", "hidden_size": 64}                                       | model_config_invalid           | num_hidden_layers
        {"model_type": "llama", SIZES, "hidden_size": "64"}                              | model_config_invalid           | hidden_size
        {"model_type": "llama", SIZES, "num_key_value_heads": 3}                         | model_config_invalid           | num_key_value_heads
        {"model_type": "llama", SIZES, "num_attention_heads": 0}                         | model_config_invalid           | num_attention_heads
        {"model_type": "llama", SIZES, "head_dim": 15}                                   | model_config_invalid           | head_dim
        {"model_type": "llama", SIZES, "num_hidden_layers": 2000000000}                  | model_config_invalid           | num_hidden_layers
        {"model_type": "llama", SIZES, "rope_scaling": {"type": "yarn", "factor": 4.0}}  | model_option_unsupported       | yarn
        {"model_type": "llama", SIZES, "rope_scaling": {"type": "longrope"}}             | model_option_unsupported       | longrope
        {"model_type": "llama", SIZES, "rope_scaling": {"type": "linear", "factor": 0}}  | model_config_invalid           | factor
        {"model_type": "llama", SIZES, "hidden_act": "relu"}                             | model_option_unsupported       | relu
        {"model_type": "llama", SIZES, "quantization_config": {"bits": 4}}               | model_option_unsupported       | quantization_config
        {"model_type": "gemma3_text", SIZES, "final_logit_softcapping": 30.0}            | model_option_unsupported       | final_logit_softcapping
        {"model_type": "gemma3_text", SIZES, "layer_types": ["chunked_attention"]}       | model_option_unsupported       | chunked_attention
        {"model_type": "gemma3_text", SIZES, "layer_types": ["full_attention"]}          | model_config_invalid           | layer_types
        """)
    void whatCannotBeComputedIsRefusedByName(String json, String code, String named) {
        assertThatThrownBy(() -> read(json.replace("SIZES", SIZES))).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage() + e.remedy()).contains(named);
        });
    }

    @Test
    void aFolderWithoutConfigurationIsNamed() {
        assertThatThrownBy(() -> DecoderConfig.read(folder))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("model_config_missing"));
    }

    @Test
    void slowAnglesAreStretchedFastOnesKept() {
        Rope rope = new Rope(Rope.Scaling.LLAMA3, 10_000, 8, 1, 4, 64);
        float[] plain = Rope.plain(10_000).inverseFrequencies(16, 512);
        float[] stretched = rope.inverseFrequencies(16, 512);

        assertThat(stretched[0]).isEqualTo(plain[0]);
        assertThat(stretched[7]).isEqualTo(plain[7] / 8, within(1e-9f));
        assertThat(stretched[2]).isStrictlyBetween(plain[2] / 8, plain[2]);
    }

    @Test
    void dynamicScalingWaitsUntilTheContextIsExceeded() {
        Rope rope = new Rope(Rope.Scaling.DYNAMIC, 10_000, 2, 1, 1, 512);

        assertThat(rope.inverseFrequencies(16, 512))
                .containsExactly(Rope.plain(10_000).inverseFrequencies(16, 512));
        // factor·L/original - (factor-1) = 3 for twice the context, to the power of d/(d-2).
        assertThat(rope.inverseFrequencies(16, 1024))
                .containsExactly(Rope.plain(10_000 * Math.pow(3, 16 / 14.0)).inverseFrequencies(16, 0));
    }

    @Test
    void everyModelOfTheFixturesCanBeRead() throws IOException {
        try (var models = Files.list(Goldens.path("models"))) {
            assertThat(models.map(DecoderConfig::read))
                    .isNotEmpty()
                    .allSatisfy(config -> assertThat(config.headDim()).isPositive());
        }
    }

    private DecoderConfig read(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
        return DecoderConfig.read(folder);
    }
}
