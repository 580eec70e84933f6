package dev.temper.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.CodedException;
import dev.temper.model.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PeftFolderTest {
    private static final float[] EIGHT = new float[8];

    @TempDir
    Path folder;

    static Stream<Path> adapters() throws IOException {
        try (var all = Files.list(Goldens.path("adapters"))) {
            return all.filter(PeftFolder::isOne).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void everyAdapterOfTheFixturesIsReadAndWrittenAgain(Path adapter) throws IOException {
        Path copy = folder.resolve("copy");
        try (PeftFolder read = PeftFolder.open(adapter)) {
            List<TensorData> tensors = read.weights().stream()
                    .map(weight -> TensorData.of(weight, weight.type()))
                    .toList();
            PeftFolder.write(copy, read.config(), tensors);
            try (PeftFolder again = PeftFolder.open(copy)) {
                assertThat(again.config()).isEqualTo(read.config());
            }
        }
        assertThat(copy.resolve(PeftFolder.WEIGHTS)).hasSameBinaryContentAs(adapter.resolve(PeftFolder.WEIGHTS));
        JsonNode expected = json(adapter);
        JsonNode written = json(copy);
        for (Map.Entry<String, JsonNode> entry : written.properties()) {
            if (expected.has(entry.getKey())) {
                assertThat(entry.getValue()).as(entry.getKey()).isEqualTo(expected.get(entry.getKey()));
            }
        }
        assertThat(Files.readString(copy.resolve(PeftFolder.CONFIG))).startsWith("{\n  \"");
        assertThat(List.copyOf(written.propertyNames())).isSorted();
    }

    @Test
    void ranksAndAlphasFollowTheirPatterns() {
        try (PeftFolder read = PeftFolder.open(Goldens.path("adapters/lora_patterns"))) {
            JsonNode config = json(Goldens.path("adapters/lora_patterns"));
            assertThat(read.config()).isInstanceOfSatisfying(PeftConfig.Lora.class, lora -> {
                assertThat(lora.rank("model.layers.0.self_attn.q_proj"))
                        .isEqualTo(config.path("rank_pattern").path("q_proj").asInt());
                double alpha = config.path("alpha_pattern").path("v_proj").asDouble();
                assertThat(lora.scale("model.layers.0.self_attn.v_proj", 8)).isEqualTo(alpha / 8);
                assertThat(lora.layers()).isNotEmpty();
            });
        }
    }

    @Test
    void patternsMatchWholeNamesAtTheirEnd() {
        PeftConfig.Lora lora = lora(Map.of("q_proj", 2, "layers.1.mlp.up_proj", 4), true);

        assertThat(lora.rank("model.layers.0.self_attn.q_proj")).isEqualTo(2);
        assertThat(lora.rank("model.layers.0.self_attn.eq_proj")).isEqualTo(8);
        assertThat(lora.rank("model.layers.1.mlp.up_proj")).isEqualTo(4);
        assertThat(lora.rank("model.layers.11.mlp.up_proj")).isEqualTo(8);
        assertThat(lora.scale("any", 4)).isEqualTo(8);
    }

    private static PeftConfig.Lora lora(Map<String, Integer> ranks, boolean stabilised) {
        return new PeftConfig.Lora(
                "base", 8, 16, 0, stabilised, false, List.of("q_proj"), ranks, Map.of(), List.of(), List.of());
    }

    @Test
    void theConfigurationIsWrittenAsPeftWritesIt() {
        assertThat(lora(Map.of(), false).toJson()).isEqualTo("""
                        {
                          "alpha_pattern": {},
                          "auto_mapping": null,
                          "base_model_name_or_path": "base",
                          "bias": "none",
                          "fan_in_fan_out": false,
                          "inference_mode": true,
                          "init_lora_weights": true,
                          "layers_pattern": null,
                          "layers_to_transform": null,
                          "lora_alpha": 16,
                          "lora_dropout": 0.0,
                          "modules_to_save": null,
                          "peft_type": "LORA",
                          "r": 8,
                          "rank_pattern": {},
                          "revision": null,
                          "target_modules": [
                            "q_proj"
                          ],
                          "task_type": "CAUSAL_LM",
                          "use_dora": false,
                          "use_rslora": false
                        }""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        []                                                             | adapter_config_invalid     | object
        {"peft_type": "LOHA"}                                          | adapter_option_unsupported | LOHA
        {"peft_type": "LORA", "lora_alpha": 16}                        | adapter_config_invalid     | r is missing
        {"peft_type": "LORA", "r": 0, "lora_alpha": 16}                | adapter_config_invalid     | r is 0
        {"peft_type": "LORA", "r": 8, "lora_alpha": "x"}               | adapter_config_invalid     | lora_alpha
        {"peft_type": "LORA", "r": 8, "lora_alpha": 1, "bias": "all"}  | adapter_option_unsupported | bias
        {"peft_type": "LORA", "r": 8, "lora_alpha": 1, "target_modules": [1]} | adapter_config_invalid | target_modules
        {"peft_type": "PREFIX_TUNING", "prefix_projection": true}      | adapter_option_unsupported | prefix_projection
        """)
    void whatCannotBeComputedIsRefusedByName(String json, String code, String named) throws IOException {
        Files.writeString(folder.resolve(PeftFolder.CONFIG), json);
        refused(code, named);
    }

    @Test
    void halvesThatDoNotFitAreNamed() throws IOException {
        write(Map.of("m.lora_A.weight", Shape.of(2, 4), "m.lora_B.weight", Shape.of(2, 4)), false);
        refused("weight_misshapen", "m.lora_A.weight");
        write(Map.of("m.lora_A.weight", Shape.of(2, 4)), false);
        refused("weight_missing", "m.lora_B.weight");
        write(Map.of("m.lora_A.weight", Shape.of(2, 4), "m.lora_B.weight", Shape.of(4, 2)), true);
        refused("weight_missing", "m.lora_magnitude_vector");
        write(Map.of("m.lora_C.weight", Shape.of(2, 4)), false);
        refused("adapter_weight_unknown", "m.lora_C.weight");
    }

    private void write(Map<String, Shape> shapes, boolean dora) throws IOException {
        PeftConfig config =
                new PeftConfig.Lora("", 2, 4, 0, false, dora, List.of("m"), Map.of(), Map.of(), List.of(), List.of());
        PeftFolder.fill(
                folder,
                config,
                new TreeMap<>(shapes)
                        .entrySet().stream()
                                .map(entry ->
                                        TensorData.of(PeftFolder.PREFIX + entry.getKey(), entry.getValue(), EIGHT))
                                .toList());
    }

    @Test
    void dorasMagnitudesAndSavedModulesAreFound() {
        try (PeftFolder dora = PeftFolder.open(Goldens.path("adapters/dora"));
                PeftFolder embeddings = PeftFolder.open(Goldens.path("adapters/lora_embeddings_and_saved_head"))) {
            assertThat(dora.loras().values())
                    .isNotEmpty()
                    .allSatisfy(lora -> assertThat(lora.magnitude()).isPresent());
            assertThat(embeddings.saved().keySet()).isEqualTo(Set.of(WeightLayout.HEAD));
            assertThat(embeddings.loras()).containsKey("model.embed_tokens");
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void mergedWeightsAreTheReferences(Path adapter) {
        Path base = Goldens.path(json(adapter).path("base_model_name_or_path").asString());
        try (PeftFolder folder = PeftFolder.open(adapter);
                BaseModel model = BaseModel.open(base);
                SafetensorsFile expected = SafetensorsFile.open(adapter.resolve("expected.safetensors"))) {
            for (Weight weight : expected.weights()) {
                String name = weight.name().replaceFirst("^merged\\.", "");
                if (!name.equals(weight.name()) && name.endsWith(".weight")) {
                    float[] merged =
                            ModelWeights.floats(new MergedWeights(model, folder).weight(name, ElementType.F32));
                    assertThat(merged).as(name).containsExactly(weight.toFloats(), within(2e-6f));
                }
            }
        }
    }

    private void refused(String code, String named) {
        assertThatThrownBy(() -> PeftFolder.open(folder)).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(named);
        });
    }

    private static JsonNode json(Path folder) {
        return JsonMapper.shared().readTree(folder.resolve(PeftFolder.CONFIG));
    }
}
