package dev.temper.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.model.Goldens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class GgufTokenizerTest {
    @Test
    void theRealTokenizerIsRebuiltWhole() {
        try (BaseModel model = BaseModel.open(Goldens.model("SmolLM2-135M-Instruct.Q4_1.gguf"))) {
            JsonNode tokenizer = json(model.tokenizerFiles(), "tokenizer.json");
            JsonNode expected = JsonMapper.shared().readTree(Goldens.path("tokenizers/smollm2/tokenizer.json"));
            for (String part : expected.propertyNames()) {
                assertThat(tokenizer.path(part).equals(expected.path(part)))
                        .as(part)
                        .isTrue();
            }
            JsonNode config = json(model.tokenizerFiles(), "tokenizer_config.json");
            JsonNode expectedConfig =
                    JsonMapper.shared().readTree(Goldens.path("tokenizers/smollm2/tokenizer_config.json"));
            for (String key : expectedConfig.propertyNames()) {
                if (!key.equals("tokenizer_class")) {
                    assertThat(config.path(key)).as(key).isEqualTo(expectedConfig.path(key));
                }
            }
        }
    }

    @Test
    void aTokenizerSurvivesTheWayThroughAGgufFile() {
        try (BaseModel folder = BaseModel.open(Goldens.path("models/llama"));
                BaseModel gguf = BaseModel.open(Goldens.path("gguf/tiny-llama.F16.gguf"))) {
            JsonNode expected = json(folder.tokenizerFiles(), "tokenizer.json");
            JsonNode actual = json(gguf.tokenizerFiles(), "tokenizer.json");
            // Added tokens have no place of their own in a GGUF file; they stand in the vocabulary there.
            ObjectNode vocabulary = (ObjectNode) actual.path("model").path("vocab");
            expected.path("added_tokens")
                    .forEach(token -> vocabulary.remove(token.path("content").asString()));
            assertThat(vocabulary).isEqualTo(expected.path("model").path("vocab"));
            assertThat(actual.path("model").path("merges"))
                    .isEqualTo(expected.path("model").path("merges"));
            assertThat(actual.path("added_tokens")).isEqualTo(expected.path("added_tokens"));
            assertThat(actual.path("pre_tokenizer")).isEqualTo(expected.path("pre_tokenizer"));
            assertThat(actual.path("normalizer")).isEqualTo(expected.path("normalizer"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWayToCutWordsIsFoundAgainByItsRules(PreTokenizer pre) {
        ObjectNode tokenizer = JsonMapper.shared().createObjectNode();
        tokenizer.set("pre_tokenizer", pre.toJson());

        assertThat(PreTokenizer.ofTokenizer(tokenizer)).contains(pre);
        assertThat(PreTokenizer.ofGguf(pre.ggufName())).contains(pre);
    }

    @Test
    void aPreTokenizerWithoutRulesHereIsNamed() {
        GgufMetadata metadata = metadata("gpt2");
        metadata.put("tokenizer.ggml.pre", new GgufValue.Text("deepseek-coder"));

        assertThatThrownBy(() -> GgufTokenizer.files(metadata)).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo("tokenizer_unsupported");
            assertThat(e).hasMessageContaining("deepseek-coder");
        });
    }

    @Test
    void aSentencePieceModelGetsItsMergesFromScores() {
        GgufMetadata metadata = metadata("llama");
        metadata.put("tokenizer.ggml.bos_token_id", new GgufValue.Whole(GgufType.UINT32, 1));
        metadata.put("tokenizer.ggml.unknown_token_id", new GgufValue.Whole(GgufType.UINT32, 0));
        metadata.put(
                "tokenizer.ggml.scores",
                new GgufValue.Many(
                        GgufType.FLOAT32,
                        Stream.of(0, 0, -3, -4, -5, -2, -1)
                                .map(score -> (GgufValue) new GgufValue.Real(GgufType.FLOAT32, score))
                                .toList()));

        Map<String, byte[]> files = GgufTokenizer.files(metadata);
        JsonNode tokenizer = json(files, "tokenizer.json");

        assertThat(tokenizer.path("model").path("merges").toString()).isEqualTo("[[\"ab\",\"c\"],[\"a\",\"b\"]]");
        assertThat(tokenizer.path("model").path("byte_fallback").asBoolean()).isTrue();
        assertThat(tokenizer.path("post_processor").path("single").path(0).has("SpecialToken"))
                .isTrue();
        Map<String, GgufValue> again = new LinkedHashMap<>();
        GgufTokenizerWriter.put(files, 8, again);
        assertThat(again.get("tokenizer.ggml.model")).isEqualTo(new GgufValue.Text("llama"));
        assertThat(again.get("tokenizer.ggml.add_bos_token")).isEqualTo(new GgufValue.Truth(true));
        assertThat(again.get("tokenizer.ggml.add_space_prefix")).isEqualTo(new GgufValue.Truth(true));
        assertThat(again.get("tokenizer.ggml.tokens"))
                .isInstanceOfSatisfying(
                        GgufValue.Many.class,
                        tokens -> assertThat(tokens.values().getLast()).isEqualTo(new GgufValue.Text("[PAD7]")));
    }

    private static GgufMetadata metadata(String model) {
        GgufMetadata metadata = new GgufMetadata("test.gguf");
        metadata.put("tokenizer.ggml.model", new GgufValue.Text(model));
        List<GgufValue> tokens = Stream.of("<unk>", "<s>", "a", "b", "c", "ab", "abc")
                .map(token -> (GgufValue) new GgufValue.Text(token))
                .toList();
        metadata.put("tokenizer.ggml.tokens", new GgufValue.Many(GgufType.STRING, tokens));
        metadata.put(
                "tokenizer.ggml.token_type",
                new GgufValue.Many(
                        GgufType.INT32,
                        Stream.of(2, 3, 1, 1, 1, 1, 1)
                                .map(type -> (GgufValue) new GgufValue.Whole(GgufType.INT32, type))
                                .toList()));
        return metadata;
    }

    private static JsonNode json(Map<String, byte[]> files, String name) {
        return JsonMapper.shared().readTree(Objects.requireNonNull(files.get(name)));
    }
}
