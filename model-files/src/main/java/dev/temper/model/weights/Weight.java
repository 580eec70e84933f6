package dev.temper.model.weights;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * One tensor in a mapped file. Its numbers are either used where they lie ({@link #region}, {@link #bytes}) or widened
 * and dequantised into memory of the caller ({@link #copyTo}), by all cores.
 */
public final class Weight {
    private static final long ROWS_OF_A_PIECE = 64;

    private final String name;
    private final ElementType type;
    private final Shape shape;
    private final Optional<FileRegion> place;
    private final MemorySegment stored;
    private final Layout layout;

    /** Where a tensor's bytes lie: {@code bytes} of them from {@code offset} of {@code file}, little-endian, row-major. */
    public record FileRegion(Path file, long offset, long bytes) {}

    /** How rows of a file differ from Hugging Face's. */
    sealed interface Layout {
        /** They don't. */
        record Plain() implements Layout {}

        /** Rows of each head are interleaved, as llama.cpp rotates q and k of llama. */
        record InterleavedHeads(int heads) implements Layout {}

        /** Each number has 1 added, as llama.cpp keeps Gemma's norms. */
        record PlusOne() implements Layout {}
    }

    Weight(String name, ElementType type, Shape shape, FileRegion place, MemorySegment stored, Layout layout) {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.place = Optional.of(place);
        this.stored = stored;
        this.layout = layout;
    }

    /** A weight that lies in memory only. */
    Weight(String name, ElementType type, Shape shape, MemorySegment stored) {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.place = Optional.empty();
        this.stored = stored;
        this.layout = new Layout.Plain();
    }

    public String name() {
        return name;
    }

    /** How the file stores it. */
    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    /** Where the numbers lie ready to be mapped by somebody else; empty where they must be copied to be of use. */
    public Optional<FileRegion> region() {
        return isDirect() ? place : Optional.empty();
    }

    /** The stored bytes, read-only; usable as they are only where {@link #region} is present. */
    public MemorySegment bytes() {
        return stored;
    }

    private boolean isDirect() {
        return layout instanceof Layout.Plain && !type.isQuantised();
    }

    /**
     * Writes all numbers, row-major, in Hugging Face's order.
     *
     * @param target F32; BF16 or F16 (rounded to the nearest even); or a quantised type of blocks of 32
     * @param destination at least {@code shape().elements()} numbers of that type
     */
    public void copyTo(MemorySegment destination, ElementType target) {
        copyRows(0, rows(), destination, target);
    }

    /** A bias of interleaved heads is interleaved number by number, so there a row is one number. */
    private long columns() {
        boolean bias =
                layout instanceof Layout.InterleavedHeads && shape.sizes().size() == 1;
        return bias ? 1 : shape.columns();
    }

    private long rows() {
        return columns() == 0 ? 0 : shape.elements() / columns();
    }

    /** The same for rows {@code from} to {@code to}, exclusive; the destination's start is row {@code from}. */
    public void copyRows(long from, long to, MemorySegment destination, ElementType target) {
        if (isDirect() && type == target) {
            long row = type.bytes(columns());
            MemorySegment.copy(stored, from * row, destination, 0, (to - from) * row);
            return;
        }
        long pieces = (to - from + ROWS_OF_A_PIECE - 1) / ROWS_OF_A_PIECE;
        LongStream all = LongStream.range(0, pieces);
        (pieces > 4 ? all.parallel() : all).forEach(piece -> {
            long first = from + piece * ROWS_OF_A_PIECE;
            copyPiece(from, first, Math.min(to, first + ROWS_OF_A_PIECE), destination, target);
        });
    }

    private void copyPiece(long start, long from, long to, MemorySegment destination, ElementType target) {
        int columns = Math.toIntExact(columns());
        float[] numbers = new float[columns];
        for (long row = from; row < to; row++) {
            Blocks.decode(type, stored, type.bytes(storedRow(row) * columns), numbers, columns);
            if (layout instanceof Layout.PlusOne) {
                for (int i = 0; i < columns; i++) {
                    numbers[i] -= 1;
                }
            }
            Blocks.encode(target, numbers, 0, columns, destination, target.bytes((row - start) * columns));
        }
    }

    private long storedRow(long row) {
        return switch (layout) {
            case Layout.Plain _, Layout.PlusOne _ -> row;
            case Layout.InterleavedHeads(int heads) -> {
                long headDim = shape.elements() / columns() / heads;
                long inHead = row % headDim;
                // Hugging Face keeps a head's two halves apart, llama.cpp a pair's two members together.
                yield row - inHead + inHead % (headDim / 2) * 2 + inHead / (headDim / 2);
            }
        };
    }

    /** All numbers as floats; for small tensors and tests. */
    public float[] toFloats() {
        float[] numbers = new float[Math.toIntExact(shape.elements())];
        copyTo(MemorySegment.ofArray(numbers), ElementType.F32);
        return numbers;
    }

    @Override
    public String toString() {
        return name + " " + type + shape;
    }
}
