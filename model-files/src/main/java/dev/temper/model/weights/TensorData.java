package dev.temper.model.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A tensor to be written, wherever its numbers are: they are produced piece by piece, in order. */
public interface TensorData {
    /** Takes the bytes one piece after the other. */
    @FunctionalInterface
    interface Sink {
        void write(MemorySegment bytes) throws IOException;
    }

    String name();

    ElementType type();

    Shape shape();

    void writeTo(Sink sink) throws IOException;

    /** Bytes that lie ready in memory. */
    static TensorData of(String name, ElementType type, Shape shape, MemorySegment bytes) {
        if (bytes.byteSize() != type.bytes(shape.elements())) {
            throw new IllegalArgumentException(
                    "%s is %s%s, but has %d bytes".formatted(name, type, shape, bytes.byteSize()));
        }
        return new InMemory(name, type, shape, bytes);
    }

    static TensorData of(String name, Shape shape, float[] numbers) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[4 * numbers.length]);
        MemorySegment.copy(numbers, 0, bytes, Blocks.FLOAT, 0, numbers.length);
        return of(name, ElementType.F32, shape, bytes);
    }

    /** A weight of a file, under its own name, in another type where need be. */
    static TensorData of(Weight weight, ElementType type) {
        return new OfRows(weight.name(), type, weight.shape(), weight::copyRows);
    }

    /** The bytes of a tensor in memory. */
    record InMemory(String name, ElementType type, Shape shape, MemorySegment bytes) implements TensorData {
        @Override
        public void writeTo(Sink sink) throws IOException {
            sink.write(bytes);
        }
    }

    /** Produces rows {@code from} to {@code to}, exclusive, in {@code type}, at the start of {@code destination}. */
    @FunctionalInterface
    interface Rows {
        void copy(long from, long to, MemorySegment destination, ElementType type);
    }

    /** A tensor whose rows are produced when they are written, some megabytes at a time. */
    record OfRows(String name, ElementType type, Shape shape, Rows rows) implements TensorData {
        private static final long PIECE = 16 << 20;

        @Override
        public void writeTo(Sink sink) throws IOException {
            long row = type.bytes(shape.columns());
            long atOnce = Math.max(1, PIECE / Math.max(1, row));
            try (Arena arena = Arena.ofShared()) {
                MemorySegment buffer = arena.allocate(Math.min(atOnce, shape.rows()) * row, 64);
                for (long from = 0; from < shape.rows(); from += atOnce) {
                    long to = Math.min(shape.rows(), from + atOnce);
                    rows.copy(from, to, buffer, type);
                    sink.write(buffer.asSlice(0, (to - from) * row));
                }
            }
        }
    }
}
