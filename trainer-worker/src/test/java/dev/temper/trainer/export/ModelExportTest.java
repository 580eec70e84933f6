package dev.temper.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.CodedException;
import dev.temper.model.Goldens;
import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.HuggingFaceExport;
import dev.temper.model.weights.ModelCard;
import dev.temper.model.weights.ModelWeights;
import dev.temper.model.weights.Weight;
import dev.temper.model.weights.WeightLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelExportTest {
    private final ModelExport export = new ModelExport(Optional.empty());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"F32", "F16", "Q8_0", "Q4_0"})
    void aGgufFileHoldsTheReferencesBytes(String type) {
        Path target = folder.resolve("model.gguf");
        export.convert(Goldens.path("models/llama"), target, Optional.of(type));

        try (BaseModel expected = BaseModel.open(Goldens.path("gguf/tiny-llama.%s.gguf".formatted(type)));
                BaseModel actual = BaseModel.open(target)) {
            assertThat(actual.weights()).hasSameSizeAs(expected.weights());
            for (Weight weight : expected.weights()) {
                Weight own = actual.get(weight.name());
                assertThat(own.type()).isEqualTo(weight.type());
                assertThat(own.bytes().mismatch(weight.bytes()))
                        .as(weight.name())
                        .isEqualTo(-1);
            }
            assertThat(actual.config()).isEqualTo(expected.config());
            assertThat(actual.tokenizerFiles().get("tokenizer.json"))
                    .isEqualTo(expected.tokenizerFiles().get("tokenizer.json"));
            assertThat(actual.tokenizerFiles().get("tokenizer_config.json"))
                    .isEqualTo(expected.tokenizerFiles().get("tokenizer_config.json"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama-rope3-tied-bf16", "mistral", "mistral-sliding", "qwen2-sharded", "qwen3"})
    void throughGgufAndBackNothingIsLost(String name) {
        Path source = Goldens.path("models/" + name);
        export.convert(source, folder.resolve("model.gguf"), Optional.of("f32"));
        export.convert(folder.resolve("model.gguf"), folder.resolve("back"), Optional.empty());

        try (BaseModel expected = BaseModel.open(source);
                BaseModel actual = BaseModel.open(folder.resolve("back"))) {
            assertThat(actual.config().rope()).isEqualTo(expected.config().rope());
            assertThat(actual.config().headDim()).isEqualTo(expected.config().headDim());
            assertSame(actual, expected, 0);
        }
    }

    @Test
    void gemmasNormsKeepTheirMeaning() throws IOException {
        Path source = Goldens.path("models/gemma3");
        Path copy = Files.createDirectory(folder.resolve("gemma"));
        try (var files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.write(copy.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
        Path config = copy.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceAll("\"query_pre_attn_scalar\": \\d+", "\"query_pre_attn_scalar\": 24")
                        .replace("\"full_attention\",", "\"sliding_attention\","));

        export.convert(copy, folder.resolve("model.gguf"), Optional.of("f32"));
        try (BaseModel expected = BaseModel.open(copy);
                BaseModel actual = BaseModel.open(folder.resolve("model.gguf"))) {
            assertThat(actual.config().attention()).isEqualTo(expected.config().attention());
            assertThat(actual.config().rope()).isEqualTo(expected.config().rope());
            assertSame(actual, expected, 1e-6f);
        }
    }

    @Test
    void whatLlamaCppWouldComputeOtherwiseIsRefused() {
        refused(
                "gguf_export_unsupported",
                () -> export.convert(Goldens.path("models/gemma3"), folder.resolve("m.gguf"), Optional.empty()));
        refused(
                "tokenizer_missing",
                () -> export.convert(Goldens.path("models/teacher"), folder.resolve("m.gguf"), Optional.empty()));
        assertThat(folder.resolve("m.gguf")).doesNotExist();
    }

    @Test
    void aWindowLlamaCppIgnoresBoundsTheContext() {
        Path target = folder.resolve("m.gguf");
        export.convert(Goldens.path("models/mistral-sliding"), target, Optional.empty());
        try (BaseModel expected = BaseModel.open(Goldens.path("models/mistral-sliding"));
                BaseModel actual = BaseModel.open(target)) {
            assertThat(actual.config().maxPositions())
                    .isEqualTo(expected.config().attention().window());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 200_000, 1L << 40})
    void shardsOfAnySizeHoldTheSameModel(long shardBytes) throws IOException {
        try (BaseModel expected = BaseModel.open(Goldens.path("models/qwen2-sharded"))) {
            new HuggingFaceExport(expected, ModelWeights.of(expected), ElementType.F32, shardBytes, Optional.empty())
                    .write(folder.resolve("model"));
            try (BaseModel actual = BaseModel.open(folder.resolve("model"))) {
                assertSame(actual, expected, 0);
                assertThat(actual.config()).isEqualTo(expected.config());
                assertThat(actual.tokenizerFiles().keySet())
                        .isEqualTo(expected.tokenizerFiles().keySet());
            }
        }
        assertThat(folder.resolve("model/generation_config.json")).exists();
    }

    @Test
    void anAdapterIsFoldedIntoItsBase() {
        export.merge(
                Goldens.path("models/llama"),
                Goldens.path("adapters/lora"),
                folder.resolve("merged"),
                Optional.empty());
        export.convert(folder.resolve("merged"), folder.resolve("merged.gguf"), Optional.of("q8_0"));
        try (BaseModel base = BaseModel.open(Goldens.path("models/llama"));
                BaseModel merged = BaseModel.open(folder.resolve("merged"));
                BaseModel gguf = BaseModel.open(folder.resolve("merged.gguf"))) {
            String changed = "model.layers.0.mlp.up_proj.weight";
            assertThat(merged.get(changed).toFloats())
                    .isNotEqualTo(base.get(changed).toFloats());
            assertThat(merged.get(WeightLayout.EMBEDDING).toFloats())
                    .isEqualTo(base.get(WeightLayout.EMBEDDING).toFloats());
            assertThat(gguf.get(changed).type()).isEqualTo(ElementType.Q8_0);
        }
    }

    @Test
    void anAdapterOfAnotherModelIsNamed() {
        refused(
                "adapter_does_not_fit",
                () -> export.merge(
                        Goldens.path("models/teacher"),
                        Goldens.path("adapters/lora"),
                        folder.resolve("merged"),
                        Optional.empty()));
        refused(
                "adapter_not_mergeable",
                () -> export.merge(
                        Goldens.path("models/llama"),
                        Goldens.path("adapters/prefix"),
                        folder.resolve("merged"),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "model.gguf,q2_k,gguf_type_unsupported",
        "model,q8_0,weight_type_unsupported",
        "m,f8,export_type_unknown"
    })
    void aTypeThatCannotBeWrittenIsNamed(String target, String type, String code) {
        refused(code, () -> export.convert(Goldens.path("models/llama"), folder.resolve(target), Optional.of(type)));
    }

    @Test
    void nothingIsWrittenOverItself() throws IOException {
        Path gguf = Files.write(folder.resolve("m.gguf"), Files.readAllBytes(Goldens.path("gguf/tiny-llama.F16.gguf")));
        refused("output_is_input", () -> export.convert(gguf, gguf, Optional.of("q8_0")));
    }

    @Test
    void theCardTellsWhereAModelComesFromAndBreaksOutOfNoCell() throws IOException {
        ModelCard card = new ModelCard(
                "mine",
                "base \"x\"\nlicense: other",
                "lora",
                false,
                List.of(new ModelCard.DataFile("a|b\n# c", "0123", 5)),
                Map.of("learning_rate", "1e-4"),
                Map.of("loss", "1.5"));
        new ModelExport(Optional.of(card))
                .convert(Goldens.path("models/llama"), folder.resolve("model"), Optional.of("bf16"));

        assertThat(folder.resolve("model/README.md"))
                .content()
                .contains("base_model: \"base \\\"x\\\" license: other\"\n")
                .contains("| a\\|b # c | 5 | `0123` |")
                .contains("| learning_rate | 1e-4 |");
        assertThat(Files.readString(folder.resolve("model/config.json"))).contains("\"torch_dtype\": \"bfloat16\"");
    }

    private static void assertSame(BaseModel actual, BaseModel expected, float tolerance) {
        for (Weight weight : expected.weights()) {
            assertThat(actual.get(weight.name()).toFloats())
                    .as(weight.name())
                    .containsExactly(weight.toFloats(), within(tolerance));
        }
    }

    private static void refused(String code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
