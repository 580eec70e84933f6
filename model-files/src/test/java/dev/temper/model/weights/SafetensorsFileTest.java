package dev.temper.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Test
    void readsNumbersOfEveryFloatingType() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8 + 8 + 4 + 4).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(1.5f).putFloat(-2).putDouble(0.1).putShort((short) 0x3f80).putShort((short) 0xc000);
        data.putShort((short) 0x3c00).putShort((short) 0x0001);
        Path file = write("""
                {"a": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
                 "b": {"dtype": "F64", "shape": [], "data_offsets": [8, 16]},
                 "c": {"dtype": "BF16", "shape": [2], "data_offsets": [16, 20]},
                 "d": {"dtype": "F16", "shape": [2, 1], "data_offsets": [20, 24]},
                 "__metadata__": {"format": "pt"}}""", data.array());
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            assertThat(opened.metadata()).containsEntry("format", "pt");
            assertThat(opened.get("a").toFloats()).containsExactly(1.5f, -2);
            assertThat(opened.get("b").toFloats()).containsExactly(0.1f);
            assertThat(opened.get("c").toFloats()).containsExactly(1, -2);
            assertThat(opened.get("d").toFloats()).containsExactly(1, 5.9604645e-8f);
            assertThat(opened.get("d").shape()).isEqualTo(Shape.of(2, 1));
            assertThat(opened.get("c").region().orElseThrow().offset()).isEqualTo(Files.size(file) - 8);
            assertThatThrownBy(() -> opened.get("e")).hasMessageContaining("\"e\"");
        }
    }

    @Test
    void narrowsToBfloat16ByRoundingToEven() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits : new int[] {0x3f808000, 0x3f818000, 0x3f80ffff, 0x7f800001}) {
            data.putInt(bits);
        }
        Path file = write("{\"a\": {\"dtype\": \"F32\", \"shape\": [4], \"data_offsets\": [0, 16]}}", data.array());
        short[] narrowed = new short[4];
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            opened.get("a").copyTo(MemorySegment.ofArray(narrowed), ElementType.BF16);
        }
        assertThat(narrowed).containsExactly((short) 0x3f80, (short) 0x3f82, (short) 0x3f81, (short) 0x7fc0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "nonsense",
                "{\"a\": 1}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}, \"a\": {}}",
                "{\"a\": {\"dtype\": \"X32\", \"shape\": [2], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [-2], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [1.5], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [4], \"data_offsets\": [0, 16]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [8, 0]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]},"
                        + "\"b\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [4611686018427387904, 8], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [99999999999999999999], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}, \"__metadata__\": {\"x\": 1}}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}}",
            })
    void aHeaderThatLiesIsRefused(String header) throws IOException {
        refused(write(header, new byte[8]));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 1L << 40, 100_000_001, 200, Long.MIN_VALUE})
    void anyHeaderLengthButTheTrueOneIsRefused(long length) throws IOException {
        Path file = write("{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}", new byte[8]);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        refused(Files.write(file, bytes));
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(
                write("{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}", new byte[8]));
        for (int length = 0; length < whole.length; length++) {
            refused(Files.write(folder.resolve("torn.safetensors"), java.util.Arrays.copyOf(whole, length)));
        }
    }

    @Test
    void tensorsBeyondTwoGibibytesAreReached() throws IOException {
        long elements = 600_000_000L;
        Path file = folder.resolve("large.safetensors");
        String header = "{\"a\": {\"dtype\": \"F32\", \"shape\": [%d, 2], \"data_offsets\": [0, %d]}}"
                .formatted(elements / 2, elements * 4);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(header(header));
            sparse.setLength(8 + header.length() + elements * 4);
            sparse.seek(8 + header.length() + elements * 4 - 4);
            sparse.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
        }
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            float[] last = new float[2];
            opened.get("a").copyRows(elements / 2 - 1, elements / 2, MemorySegment.ofArray(last), ElementType.F32);
            assertThat(last).containsExactly(0, 1);
        }
    }

    private static void refused(Path file) {
        assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo("safetensors_malformed");
            assertThat(e).hasMessageContaining(file.toString());
        });
    }

    private Path write(String header, byte[] data) throws IOException {
        Path file = folder.resolve("test.safetensors");
        Files.write(file, header(header));
        return Files.write(file, data, java.nio.file.StandardOpenOption.APPEND);
    }

    private static byte[] header(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }
}
