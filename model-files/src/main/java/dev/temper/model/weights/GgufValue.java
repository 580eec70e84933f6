package dev.temper.model.weights;

import java.util.List;

/** A value of a GGUF file's metadata. */
sealed interface GgufValue {
    GgufType type();

    /** A whole number of any width; unsigned 64-bit ones keep their bits. */
    record Whole(GgufType type, long value) implements GgufValue {}

    record Real(GgufType type, double value) implements GgufValue {}

    record Truth(boolean value) implements GgufValue {
        @Override
        public GgufType type() {
            return GgufType.BOOL;
        }
    }

    record Text(String value) implements GgufValue {
        @Override
        public GgufType type() {
            return GgufType.STRING;
        }
    }

    record Many(GgufType elementType, List<GgufValue> values) implements GgufValue {
        public Many {
            values = List.copyOf(values);
        }

        @Override
        public GgufType type() {
            return GgufType.ARRAY;
        }
    }
}
