package dev.temper.trainer.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.CodedException;
import dev.temper.model.Goldens;
import dev.temper.model.weights.AdaptedModel;
import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.PeftFolder;
import dev.temper.model.weights.SafetensorsFile;
import dev.temper.model.weights.Weight;
import dev.temper.text.tokenizer.SpecialTokens;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.GoldenTensors;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Device;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Greedy continuations of every model among the fixtures, alone and in a batch, as transformers finds them. */
@TestInstance(Lifecycle.PER_CLASS)
class GenerationGoldensTest {
    /** Where the two likeliest tokens are closer than this, the order of additions may decide. */
    private static final double TOO_CLOSE = 0.01;

    private Kernels kernels;

    @BeforeAll
    void load() {
        kernels = Kernels.open(Device.CPU, 1);
    }

    @AfterAll
    void unload() {
        kernels.close();
    }

    static Stream<String> models() throws IOException {
        try (Stream<Path> files = Files.list(Goldens.path("forward"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors"))
                    .map(name -> name.replace(".safetensors", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void continuesAsTransformersDoes(String name) {
        try (BaseModel model = BaseModel.open(Goldens.path("models/" + name));
                SafetensorsFile expected = SafetensorsFile.open(Goldens.path("forward/" + name + ".safetensors"));
                Decoder decoder = Decoder.openToAnswer(kernels, model.config(), model, DType.FLOAT32)) {
            int[] all = GoldenTensors.integers(expected.get("short.greedy_ids"));
            int prompt = Math.toIntExact(expected.get("short.input_ids").shape().columns());
            List<Integer> wanted =
                    IntStream.range(prompt, all.length).mapToObj(i -> all[i]).toList();
            Generator generator = new Generator(decoder, tokenizerOf(Goldens.path("models/llama")));
            int[] ids = Arrays.copyOf(all, prompt);

            assertThat(greedy(generator, List.of(ids), wanted.size())).isEqualTo(List.of(wanted));

            int[] other = Arrays.copyOf(all, prompt - 5);
            List<Integer> alone =
                    greedy(generator, List.of(other), wanted.size()).getFirst();
            assertThat(greedy(generator, List.of(other, ids, other), wanted.size()))
                    .isEqualTo(List.of(alone, wanted, alone));
        }
    }

    static Stream<Path> adapters() throws IOException {
        try (Stream<Path> all = Files.list(Goldens.path("adapters"))) {
            return all
                    .filter(PeftFolder::isOne)
                    .filter(path -> !Set.of("PREFIX_TUNING", "PROMPT_TUNING")
                            .contains(adapterConfig(path).path("peft_type").asString()))
                    .toList()
                    .stream();
        }
    }

    private static JsonNode adapterConfig(Path adapter) {
        return JsonMapper.shared().readTree(adapter.resolve(PeftFolder.CONFIG));
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void anAdapterSpeaksThroughItsBase(Path adapter) {
        Path base = Goldens.path(
                adapterConfig(adapter).path("base_model_name_or_path").asString());
        try (BaseModel model = BaseModel.open(base);
                PeftFolder folder = PeftFolder.open(adapter);
                AdaptedModel adapted = new AdaptedModel(model, folder);
                SafetensorsFile expected = SafetensorsFile.open(adapter.resolve("expected.safetensors"));
                Decoder decoder = Decoder.openToAnswer(kernels, adapted.config(), adapted, DType.FLOAT32)) {
            Weight ids = expected.get("input_ids");
            int width = Math.toIntExact(ids.shape().columns());
            int[] all = GoldenTensors.integers(ids);
            int[] mask = GoldenTensors.integers(expected.get("attention_mask"));
            float[] logits = expected.get("logits").toFloats();
            int vocabulary = adapted.config().vocabulary();
            for (int row = 0; row < ids.shape().rows(); row++) {
                int start = row * width;
                int length = Arrays.stream(mask, start, start + width).sum();
                int[] labels = new int[length];
                PackedBatch batch = PackedBatch.of(Arrays.copyOfRange(all, start, start + length), labels);
                try (Tensor actual = decoder.logits(batch)) {
                    assertThat(actual.toFloats())
                            .containsExactly(
                                    Arrays.copyOfRange(logits, start * vocabulary, (start + length) * vocabulary),
                                    within(3e-5f));
                }
            }
        }
    }

    private static List<List<Integer>> greedy(Generator generator, List<int[]> prompts, int tokens) {
        return generator.generate(prompts, GenerationSettings.greedy(tokens, Set.of()), TextListener.NONE).stream()
                .map(GeneratedText::ids)
                .toList();
    }

    @Test
    void theRealModelContinuesAsTransformersDoes() {
        JsonNode golden = JsonMapper.shared().readTree(Goldens.path("gguf/smollm2.json"));
        try (BaseModel model = BaseModel.open(Goldens.model(golden.path("file").asString()));
                Decoder decoder = Decoder.openToAnswer(kernels, model.config(), model, DType.FLOAT32)) {
            Generator generator = new Generator(decoder, tokenizer(model));
            Set<Integer> stops = Set.copyOf(model.config().specialTokens().end());
            List<int[]> prompts = new ArrayList<>();
            for (JsonNode continuation : golden.path("continuations")) {
                if (continuation.path("smallest_top1_top2_gap").asDouble() >= TOO_CLOSE) {
                    prompts.add(ints(continuation.path("input_ids")));
                }
            }
            int tokens = golden.path("continuations")
                    .valueStream()
                    .mapToInt(continuation -> continuation.path("greedy_ids").size())
                    .max()
                    .orElse(1);
            List<GeneratedText> texts =
                    generator.generate(prompts, GenerationSettings.greedy(tokens, stops), TextListener.NONE);
            int index = 0;
            for (JsonNode continuation : golden.path("continuations")) {
                if (continuation.path("smallest_top1_top2_gap").asDouble() >= TOO_CLOSE) {
                    List<Integer> wanted = Arrays.stream(ints(continuation.path("greedy_ids")))
                            .filter(id -> !stops.contains(id))
                            .boxed()
                            .toList();
                    GeneratedText text = texts.get(index++);
                    assertThat(text.ids()
                                    .subList(
                                            0,
                                            Math.min(wanted.size(), text.ids().size())))
                            .isEqualTo(wanted);
                }
            }
        }
    }

    @Test
    void aPromptTheModelCannotTakeIsNamed() {
        try (BaseModel model = BaseModel.open(Goldens.path("models/llama"));
                Decoder decoder = Decoder.open(kernels, model.config(), model, DType.FLOAT32)) {
            Generator generator = new Generator(decoder, tokenizer(model));
            int vocabulary = model.config().vocabulary();
            refused("prompt_empty", generator, 1);
            refused("token_out_of_vocabulary", generator, 1, vocabulary);
            refused("context_exceeded", generator, model.config().maxPositions(), 1);
        }
    }

    private static void refused(String code, Generator generator, int tokens, int... prompt) {
        GenerationSettings settings = GenerationSettings.greedy(tokens, Set.of());
        assertThatThrownBy(() -> generator.generate(List.of(prompt), settings, TextListener.NONE))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void lowPrecisionTellsTheBestTokensApart() {
        try (BaseModel model = BaseModel.open(Goldens.path("models/llama"));
                Decoder decoder = Decoder.openToAnswer(kernels, model.config(), model, DType.BFLOAT16)) {
            GeneratedText text = new Generator(decoder, tokenizer(model))
                    .generate(
                            List.of(new int[] {5, 6, 7}, new int[] {8, 9}),
                            GenerationSettings.greedy(20, Set.of()),
                            TextListener.NONE)
                    .getFirst();
            assertThat(text.ids()).hasSize(20);
            assertThat(text.end()).isEqualTo(GeneratedText.End.LENGTH);
        }
    }

    private static Tokenizer tokenizerOf(Path folder) {
        return Tokenizer.open(folder);
    }

    private static Tokenizer tokenizer(BaseModel model) {
        byte[] json = Objects.requireNonNull(model.tokenizerFiles().get("tokenizer.json"));
        return Tokenizer.of(new String(json, StandardCharsets.UTF_8), new SpecialTokens(null, null, null, null), null);
    }

    private static int[] ints(JsonNode node) {
        return node.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
}
