package dev.temper.trainer.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any numbers and any bytes. */
class WeightsPropertiesTest {
    @Property(tries = 200)
    void aQuantisedNumberIsNeverFurtherOffThanItsStep(
            @ForAll @Size(32) List<@FloatRange(min = -1000, max = 1000) Float> block) {
        float[] numbers = new float[32];
        float least = 0;
        float most = 0;
        for (int i = 0; i < 32; i++) {
            numbers[i] = block.get(i);
            least = Math.min(least, numbers[i]);
            most = Math.max(most, numbers[i]);
        }
        // The largest number of one sign has no level of its own where the other sign's is larger: a whole step then.
        float size = Math.max(-least, most);
        isClose(ElementType.Q8_0, numbers, size / 127 * 0.51f + size * 0.001f);
        isClose(ElementType.Q4_0, numbers, size / 8 * 1.01f);
        isClose(ElementType.Q5_0, numbers, size / 16 * 1.01f);
        isClose(ElementType.Q4_1, numbers, (most - least) / 15 * 0.51f + size * 0.002f);
        isClose(ElementType.Q5_1, numbers, (most - least) / 31 * 0.51f + size * 0.002f);
    }

    private static void isClose(ElementType type, float[] numbers, float gap) {
        byte[] bytes = new byte[type.blockBytes()];
        Blocks.encode(type, numbers, 0, 32, MemorySegment.ofArray(bytes), 0);
        float[] back = new float[32];
        Blocks.decode(type, MemorySegment.ofArray(bytes), 0, back, 32);
        // Scales below the smallest half-precision number are lost.
        assertThat(back).as(type.name()).containsExactly(numbers, within(gap + 1e-4f));
    }

    @Property(tries = 60)
    void whateverIsWrittenIsReadBack(@ForAll @Size(max = 6) Map<String, @IntRange(min = 0, max = 40) Integer> sizes)
            throws IOException {
        Path file = Files.createTempFile("written", ".safetensors");
        try {
            List<TensorData> tensors = sizes.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals("__metadata__"))
                    .map(entry ->
                            TensorData.of(entry.getKey(), Shape.of(entry.getValue()), new float[entry.getValue()]))
                    .toList();
            SafetensorsWriter.write(file, Map.of(), tensors);
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertThat(read.weights()).hasSameSizeAs(tensors);
            }
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 150)
    void bentFilesAreRefusedOrRead(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path file = Files.createTempFile("bent", ".safetensors");
        try {
            SafetensorsWriter.write(file, Map.of("a", "b"), List.of(TensorData.of("x", Shape.of(2, 3), new float[6])));
            byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertThat(read.weights()).isNotNull();
            } catch (CodedException refused) {
                assertThat(refused.code()).isEqualTo("safetensors_malformed");
            }
        } finally {
            Files.delete(file);
        }
    }
}
