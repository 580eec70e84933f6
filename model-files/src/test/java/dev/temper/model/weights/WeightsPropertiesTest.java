package dev.temper.model.weights;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for any numbers and any bytes. */
class WeightsPropertiesTest {
    @Test
    void aQuantisedNumberIsNeverFurtherOffThanItsStep() {
        quantises(new float[32]);
        for (int seed = 0; seed < 200; seed++) {
            quantises(block(new Random(seed)));
        }
    }

    /** Numbers of every size between a thousandth and a thousand, some blocks of one sign, some with zeros among them. */
    private static float[] block(Random random) {
        float[] numbers = new float[32];
        double size = Math.pow(10, random.nextInt(-3, 4));
        boolean oneSign = random.nextInt(4) == 0;
        for (int i = 0; i < numbers.length; i++) {
            double number = random.nextInt(8) == 0 ? 0 : size * random.nextDouble(-1, 1);
            numbers[i] = (float) (oneSign ? Math.abs(number) : number);
        }
        return numbers;
    }

    private static void quantises(float[] numbers) {
        float least = 0;
        float most = 0;
        for (int i = 0; i < 32; i++) {
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

    @Test
    void whateverIsWrittenIsReadBack(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("written.safetensors");
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<TensorData> tensors = IntStream.range(0, random.nextInt(7))
                    .mapToObj(i -> tensor(i + name(random), random.nextInt(41), random))
                    .toList();
            SafetensorsWriter.write(file, Map.of(), tensors);
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertThat(read.weights().stream().map(Weight::name))
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(
                                tensors.stream().map(TensorData::name).toList());
            }
        }
    }

    /** Any characters but halves of surrogate pairs, which no file can hold. */
    private static String name(Random random) {
        return random.ints(random.nextInt(12), 0, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static TensorData tensor(String name, int size, Random random) {
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = random.nextFloat();
        }
        return TensorData.of(name, Shape.of(size), numbers);
    }

    @Test
    void bentFilesAreRefusedOrRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bent.safetensors");
        SafetensorsWriter.write(file, Map.of("a", "b"), List.of(TensorData.of("x", Shape.of(2, 3), new float[6])));
        byte[] whole = Files.readAllBytes(file);
        // Every bit of it, one at a time.
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] bent = whole.clone();
            bent[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bent);
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertThat(read.weights()).isNotNull();
            } catch (CodedException refused) {
                assertThat(refused.code()).as("bit %d", bit).isEqualTo("safetensors_malformed");
            }
        }
    }
}
