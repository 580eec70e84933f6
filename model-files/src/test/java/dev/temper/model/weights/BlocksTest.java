package dev.temper.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.model.Goldens;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlocksTest {
    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K"})
    void blocksBecomeTheReferencesFloats(ElementType type) {
        try (SafetensorsFile blocks = SafetensorsFile.open(Goldens.path("gguf/blocks.safetensors"))) {
            float[] expected = blocks.get(type + ".dequantized").toFloats();
            float[] actual = new float[expected.length];
            Blocks.decode(type, blocks.get(type + ".bytes").bytes(), 0, actual, actual.length);
            assertThat(actual).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1"})
    void floatsBecomeTheReferencesBytes(ElementType type) {
        try (SafetensorsFile blocks = SafetensorsFile.open(Goldens.path("gguf/blocks.safetensors"))) {
            float[] input = blocks.get("input").toFloats();
            byte[] expected = blocks.get(type + ".bytes").bytes().toArray(Blocks.BYTE);
            byte[] actual = new byte[expected.length];
            Blocks.encode(type, input, 0, input.length, MemorySegment.ofArray(actual), 0);
            assertThat(actual).containsExactly(expected);
        }
    }

    @Test
    void anAllZeroBlockStaysZero() {
        for (ElementType type : new ElementType[] {
            ElementType.Q8_0, ElementType.Q4_0, ElementType.Q4_1, ElementType.Q5_0, ElementType.Q5_1
        }) {
            byte[] block = new byte[type.blockBytes()];
            Blocks.encode(type, new float[32], 0, 32, MemorySegment.ofArray(block), 0);
            float[] back = new float[32];
            Blocks.decode(type, MemorySegment.ofArray(block), 0, back, 32);
            for (float number : back) {
                assertThat(number == 0).as(type.name()).isTrue();
            }
        }
    }
}
