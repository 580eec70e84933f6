package dev.temper.model.weights;

import java.util.Arrays;
import java.util.Optional;

/**
 * How numbers are stored. The quantised ones come in blocks along a row; their layout is llama.cpp's.
 */
public enum ElementType {
    F64(1, 8, "F64", 28),
    F32(1, 4, "F32", 0),
    F16(1, 2, "F16", 1),
    BF16(1, 2, "BF16", 30),
    I64(1, 8, "I64", 27),
    I32(1, 4, "I32", 26),
    I16(1, 2, "I16", 25),
    I8(1, 1, "I8", 24),
    U8(1, 1, "U8", -1),
    BOOL(1, 1, "BOOL", -1),
    Q4_0(32, 18, "", 2),
    Q4_1(32, 20, "", 3),
    Q5_0(32, 22, "", 6),
    Q5_1(32, 24, "", 7),
    Q8_0(32, 34, "", 8),
    Q2_K(256, 84, "", 10),
    Q3_K(256, 110, "", 11),
    Q4_K(256, 144, "", 12),
    Q5_K(256, 176, "", 13),
    Q6_K(256, 210, "", 14);

    private final int blockElements;
    private final int blockBytes;
    private final String safetensorsName;
    private final int ggmlId;

    ElementType(int blockElements, int blockBytes, String safetensorsName, int ggmlId) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
        this.safetensorsName = safetensorsName;
        this.ggmlId = ggmlId;
    }

    /** Elements stored together; 1 for plain numbers. */
    public int blockElements() {
        return blockElements;
    }

    /** Bytes of such a block. */
    public int blockBytes() {
        return blockBytes;
    }

    public boolean isQuantised() {
        return blockElements > 1;
    }

    /** Whether values of this type can be read as floats. */
    public boolean isFloating() {
        return isQuantised() || this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** Bytes of so many elements, which must fill whole blocks. */
    public long bytes(long elements) {
        return Math.multiplyExact(elements / blockElements, blockBytes);
    }

    /** Its name in a safetensors header; empty where that format has none. */
    String safetensorsName() {
        return safetensorsName;
    }

    /** Its number in a GGUF file; -1 where that format has none. */
    int ggmlId() {
        return ggmlId;
    }

    static Optional<ElementType> ofSafetensors(String name) {
        return Arrays.stream(values())
                .filter(type -> !name.isEmpty() && type.safetensorsName.equals(name))
                .findFirst();
    }

    static Optional<ElementType> ofGgml(int id) {
        return Arrays.stream(values())
                .filter(type -> id >= 0 && type.ggmlId == id)
                .findFirst();
    }
}
