package dev.temper.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderFamily;
import dev.temper.model.Goldens;
import dev.temper.model.Rope;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GgufModelTest {
    @TempDir
    Path folder;

    static Stream<Map.Entry<String, JsonNode>> files() {
        return json(Goldens.path("gguf/tiny-llama.json")).path("files").properties().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyTensorDequantisesToTheReferencesFloats(Map.Entry<String, JsonNode> entry) {
        compare(Goldens.path("gguf/" + entry.getKey()), entry.getValue().path("tensors"));
    }

    @Test
    void theRealModelDequantisesToTheReferencesFloats() {
        JsonNode expected = json(Goldens.path("gguf/smollm2.json"));
        compare(Goldens.model(expected.path("file").asString()), expected.path("tensors"));
    }

    private static void compare(Path path, JsonNode tensors) {
        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.tensors()).hasSize(tensors.size());
            for (JsonNode tensor : tensors) {
                Weight weight = GgufModel.weight(file, tensor.path("name").asString(), path.toString());
                assertThat(weight.type().name()).isEqualTo(tensor.path("type").asString());
                float[] numbers = new float[Math.toIntExact(weight.shape().elements())];
                weight.copyTo(MemorySegment.ofArray(numbers), ElementType.F32);
                assertThat(sha256(numbers))
                        .as(weight.name())
                        .isEqualTo(tensor.path("sha256_of_dequantized_f32").asString());
            }
        }
    }

    @Test
    void weightsComeInHuggingFacesNamesAndOrder() {
        try (HuggingFaceFolder expected = HuggingFaceFolder.open(Goldens.path("models/llama"));
                GgufModel actual = GgufModel.open(Goldens.path("gguf/tiny-llama.F32.gguf"))) {
            assertThat(actual.unused()).isEmpty();
            assertThat(actual.weights()).hasSameSizeAs(expected.weights());
            for (Weight weight : expected.weights()) {
                assertThat(actual.get(weight.name()).toFloats())
                        .as(weight.name())
                        .containsExactly(weight.toFloats());
            }
            DecoderConfig config = actual.config();
            assertThat(config.attention()).isEqualTo(expected.config().attention());
            assertThat(config.rope()).isEqualTo(expected.config().rope());
            assertThat(config.tied()).isFalse();
        }
    }

    @Test
    void partsOfAQuantisedWeightCanBeReadAlone() {
        try (GgufModel model = GgufModel.open(Goldens.path("gguf/tiny-llama.Q4_0.gguf"))) {
            Weight weight = model.get("model.layers.1.self_attn.q_proj.weight");
            int columns = (int) weight.shape().columns();
            float[] part = new float[3 * columns];
            weight.copyRows(5, 8, MemorySegment.ofArray(part), ElementType.F32);
            assertThat(part).containsExactly(Arrays.copyOfRange(weight.toFloats(), 5 * columns, 8 * columns));
            assertThat(weight.region()).isEmpty();
        }
    }

    @Test
    void theConfigurationIsInTheMetadata() {
        try (GgufModel model = GgufModel.open(Goldens.model("SmolLM2-135M-Instruct.Q4_1.gguf"))) {
            DecoderConfig config = model.config();
            assertThat(config.family()).isEqualTo(DecoderFamily.LLAMA);
            assertThat(config.layers()).isEqualTo(30);
            assertThat(config.hidden()).isEqualTo(576);
            assertThat(config.vocabulary()).isEqualTo(49_152);
            assertThat(config.tied()).isTrue();
            assertThat(config.rope()).isEqualTo(Rope.plain(100_000));
            assertThat(config.specialTokens().end()).containsExactly(2);
            assertThat(model.get("model.layers.0.input_layernorm.weight").region())
                    .isPresent();
        }
    }

    @Test
    void everyTruncationOfTheHeaderIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(Goldens.path("gguf/tiny-llama.Q4_0.gguf"));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            int length = i < 60 ? i : random.nextInt(whole.length);
            Path torn = Files.write(folder.resolve("torn.gguf"), Arrays.copyOf(whole, length));
            refused(torn, "gguf_malformed");
        }
    }

    @Test
    void flippedBitsAreRefusedOrHarmless() throws IOException {
        byte[] whole = Files.readAllBytes(Goldens.path("gguf/tiny-llama.Q4_0.gguf"));
        Random random = new Random(2);
        for (int i = 0; i < 600; i++) {
            byte[] bent = whole.clone();
            bent[random.nextInt(i < 300 ? 1200 : 40_000)] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(folder.resolve("bent.gguf"), bent);
            try (GgufModel model = GgufModel.open(file)) {
                assertThat(model.config().layers()).isPositive();
            } catch (CodedException e) {
                assertThat(e.code()).isNotEmpty();
            }
        }
    }

    @Test
    void lengthsThatLieAreRefusedBeforeAnythingIsAllocated() throws IOException {
        for (long count : new long[] {-1, Long.MAX_VALUE, 1L << 40, 1000}) {
            refused(header(3, count, 0), "gguf_malformed");
            refused(header(3, 0, count), "gguf_malformed");
        }
    }

    @Test
    void otherVersionsAreNamed() throws IOException {
        refused(header(1, 0, 0), "gguf_version_unsupported");
        refused(header(4, 0, 0), "gguf_version_unsupported");
        refused(header(Integer.reverseBytes(3), 0, 0), "gguf_version_unsupported");
    }

    private Path header(int version, long tensors, long keys) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(GgufFile.MAGIC).putInt(version).putLong(tensors).putLong(keys);
        return Files.write(folder.resolve("header.gguf"), bytes.array());
    }

    private static void refused(Path file, String code) {
        assertThatThrownBy(() -> GgufModel.open(file))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static JsonNode json(Path file) {
        return JsonMapper.shared().readTree(file);
    }

    private static String sha256(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
