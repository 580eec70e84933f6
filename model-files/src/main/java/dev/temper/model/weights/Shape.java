package dev.temper.model.weights;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Sizes of a row-major tensor, outermost first, as PyTorch has them. */
public record Shape(List<Long> sizes) {
    public Shape {
        sizes = List.copyOf(sizes);
        long elements = 1;
        for (long size : sizes) {
            if (size < 0) {
                throw new ArithmeticException("negative size " + size);
            }
            elements = Math.multiplyExact(elements, size);
        }
    }

    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    /** How many numbers; 1 for a scalar. */
    public long elements() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    /** The innermost size: how many numbers lie side by side in a row. */
    public long columns() {
        return sizes.isEmpty() ? 1 : sizes.getLast();
    }

    /** How many rows there are. */
    public long rows() {
        return columns() == 0 ? 0 : elements() / columns();
    }

    public long[] toArray() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public String toString() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("×", "[", "]"));
    }
}
