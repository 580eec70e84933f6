package dev.temper.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.model.Goldens;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsWriterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models/llama/model.safetensors",
                "models/llama-rope3-tied-bf16/model.safetensors",
                "adapters/dora/adapter_model.safetensors",
                "gguf/blocks.safetensors"
            })
    void aFileReadAndWrittenAgainIsTheSameFile(String name) throws IOException {
        Path original = Goldens.path(name);
        Path copy = folder.resolve("copy.safetensors");
        try (SafetensorsFile file = SafetensorsFile.open(original)) {
            List<TensorData> tensors = List.copyOf(file.weights()).reversed().stream()
                    .map(weight -> TensorData.of(weight.name(), weight.type(), weight.shape(), weight.bytes()))
                    .toList();
            SafetensorsWriter.write(copy, file.metadata(), tensors);
        }
        assertThat(copy).hasSameBinaryContentAs(original);
    }

    @Test
    void aNameMayHoldAnyCharacter() throws IOException {
        Path file = folder.resolve("odd.safetensors");
        String name = "a \"quoted\"\n\u00e9\ud83d\ude00 name";
        SafetensorsWriter.write(file, Map.of(), List.of(TensorData.of(name, Shape.of(1), new float[] {2})));
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.get(name).toFloats()).containsExactly(2);
        }
        assertThat(Files.size(file) % 4).isZero();
    }

    @Test
    void aTensorOfTheWrongSizeIsOurOwnMistake() {
        assertThatThrownBy(() -> TensorData.of("a", ElementType.F32, Shape.of(2), MemorySegment.ofArray(new byte[4])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
