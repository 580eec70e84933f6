package dev.temper.model.weights;

import java.util.Arrays;
import java.util.Optional;

/** Types of metadata in a GGUF file, with their numbers there. */
enum GgufType {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    /** A length and bytes. */
    STRING(8, 8),
    /** An element type, a length and elements. */
    ARRAY(9, 12),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    private final int id;
    private final int leastBytes;

    GgufType(int id, int leastBytes) {
        this.id = id;
        this.leastBytes = leastBytes;
    }

    int id() {
        return id;
    }

    /** The bytes a value takes at least: guards allocations against lengths that lie. */
    int leastBytes() {
        return leastBytes;
    }

    static Optional<GgufType> of(int id) {
        return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
    }
}
