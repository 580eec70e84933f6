package dev.temper.trainer.model;

import dev.temper.contract.CodedException;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.Weight;
import dev.temper.model.weights.WeightSource;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Device;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns weights in files into tensors. What a file stores as it is computed with is used where it lies, mapped and
 * shared with the page cache; everything else is converted once.
 */
final class WeightLoader {
    private final Kernels kernels;
    private final WeightSource source;

    WeightLoader(Kernels kernels, WeightSource source) {
        this.kernels = kernels;
        this.source = source;
    }

    /** The weight of that name and shape in the type and on the device of the kernels; the caller's to close. */
    Tensor load(String name, DType type, long... shape) {
        Weight weight = source.get(name);
        if (!Arrays.equals(weight.shape().toArray(), shape)) {
            throw CodedException.user(
                            "weight_shape_mismatch",
                            "The weight \"%s\" in %s is %s, the configuration wants %s."
                                    .formatted(name, source.describe(), weight.shape(), Arrays.toString(shape)),
                            "Download the model again; if it is whole, its configuration belongs to another model.")
                    .with("weight", name);
        }
        return mapped(weight, shape)
                .map(stored -> converted(stored, type))
                .orElseGet(() -> copied(weight, type, shape));
    }

    private Optional<Tensor> mapped(Weight weight, long[] shape) {
        Optional<DType> stored = computable(weight.type());
        return weight.region()
                .filter(region ->
                        stored.isPresent() && region.offset() % stored.get().bytes() == 0)
                .map(region -> {
                    DType type = stored.orElseThrow();
                    // A mapping of its own: it goes when the tensor goes, or with what is converted from it.
                    try (Tensor file = map(region.file(), type)) {
                        return kernels.tensor(
                                "part",
                                file,
                                region.offset() / type.bytes(),
                                weight.shape().elements(),
                                shape);
                    }
                });
    }

    private Tensor map(Path file, DType type) {
        try {
            long elements = Files.size(file) / type.bytes();
            return kernels.tensor("map_file", file.toAbsolutePath().toString(), elements, type.code());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Tensor converted(Tensor stored, DType type) {
        if (stored.type() == type && !kernels.device().isCuda()) {
            return stored;
        }
        try (stored) {
            return kernels.tensor("to", stored, type.code(), kernels.device().toString());
        }
    }

    private Tensor copied(Weight weight, DType type, long[] shape) {
        Tensor filled = kernels.tensor("empty", shape, type.code(), Device.CPU.toString());
        weight.copyTo(filled.memory(), element(type));
        if (!kernels.device().isCuda()) {
            return filled;
        }
        try (filled) {
            return kernels.tensor("to", filled, type.code(), kernels.device().toString());
        }
    }

    private static Optional<DType> computable(ElementType type) {
        return switch (type) {
            case F32 -> Optional.of(DType.FLOAT32);
            case F16 -> Optional.of(DType.FLOAT16);
            case BF16 -> Optional.of(DType.BFLOAT16);
            default -> Optional.empty();
        };
    }

    private static ElementType element(DType type) {
        return switch (type) {
            case FLOAT32 -> ElementType.F32;
            case FLOAT16 -> ElementType.F16;
            case BFLOAT16 -> ElementType.BF16;
            default -> throw new IllegalArgumentException("weights are not computed in " + type);
        };
    }
}
