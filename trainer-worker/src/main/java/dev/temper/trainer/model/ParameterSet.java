package dev.temper.trainer.model;

import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Scope;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TensorMap;
import dev.temper.trainer.tensor.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of one layer, or of what lies outside the layers, by the keys kernels know: weights, adapters, their
 * numbers, and gradient accumulators of what is trained. A key has an accumulator if and only if it is trained.
 */
public final class ParameterSet implements AutoCloseable {
    /** A part of a tensor that several parameters share, rows {@code from} to {@code to}. */
    public record Slice(String key, String name, long from, long to) {}

    /**
     * How a tensor learns.
     *
     * @param computed the type kernels are to see it in
     * @param offset what kernels are to see added to it
     * @param decayed whether weight decay applies
     * @param rateFactor what the learning rate is multiplied by
     */
    public record Learning(DType computed, double offset, boolean decayed, double rateFactor) {
        /** A matrix like any other. */
        public static Learning plain(DType computed) {
            return new Learning(computed, 0, true, 1);
        }

        public Learning atRate(double factor) {
            return new Learning(computed, offset, decayed, factor);
        }
    }

    private record Copy(Tensor copy, Tensor master, double offset) {}

    private final Kernels kernels;
    private final int level;
    private final Scope scope = new Scope();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private final Map<String, Tensor> gradients = new LinkedHashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private @Nullable Handles handles;

    private record Handles(TensorMap tensors, Value numbers, TensorMap gradients) implements AutoCloseable {
        @Override
        public void close() {
            tensors.close();
            numbers.close();
            gradients.close();
        }
    }

    ParameterSet(Kernels kernels, int level) {
        this.kernels = kernels;
        this.level = level;
    }

    /** Puts a tensor that does not learn; it belongs to the set from here on. */
    public void freeze(String key, Tensor tensor) {
        tensors.put(key, scope.own(tensor));
        changed();
    }

    /** Puts a number. */
    public void number(String key, double number) {
        numbers.put(key, number);
        changed();
    }

    /**
     * Puts a tensor that learns.
     *
     * @param master fp32, of its own memory; belongs to the set from here on
     */
    public void train(String key, String name, Tensor master, Learning learning) {
        Tensor gradient = accumulator(key, master, learning);
        parameters.add(parameter(name, master, gradient, learning));
    }

    /** Puts a tensor that learns and whose rows are several parameters; kernels see it whole and in slices. */
    public void trainTogether(String key, Tensor master, Learning learning, List<Slice> slices) {
        Tensor gradient = accumulator(key, master, learning);
        Tensor seen = get(key);
        for (Slice slice : slices) {
            tensors.put(slice.key(), scope.own(seen.rows(slice.from(), slice.to())));
            parameters.add(parameter(
                    slice.name(),
                    scope.own(master.rows(slice.from(), slice.to())),
                    scope.own(gradient.rows(slice.from(), slice.to())),
                    learning));
        }
    }

    private Parameter parameter(String name, Tensor master, Tensor gradient, Learning learning) {
        return new Parameter(name, master, gradient, level, learning.decayed(), learning.rateFactor());
    }

    private Tensor accumulator(String key, Tensor master, Learning learning) {
        scope.own(master);
        Tensor gradient = scope.own(kernels.zeros(DType.FLOAT32, master.shape()));
        Tensor seen = master;
        if (learning.computed() != DType.FLOAT32 || learning.offset() != 0) {
            seen = scope.own(kernels.empty(learning.computed(), master.shape()));
            Copy copy = new Copy(seen, master, learning.offset());
            copies.add(copy);
            follow(copy);
        }
        Tensor before = tensors.put(key, seen);
        if (before != null) {
            before.close();
        }
        gradients.put(key, gradient);
        changed();
        return gradient;
    }

    /** Lets a second key stand for a tensor of another set and its accumulator: a head tied to the embedding. */
    void alias(String key, ParameterSet other, String otherKey) {
        tensors.put(key, other.get(otherKey));
        Tensor gradient = other.gradients.get(otherKey);
        if (gradient != null) {
            gradients.put(key, gradient);
        }
        changed();
    }

    /** The tensor kernels see under a key. */
    public Tensor get(String key) {
        Tensor tensor = tensors.get(key);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor \"" + key + "\"");
        }
        return tensor;
    }

    public boolean has(String key) {
        return tensors.containsKey(key);
    }

    /** The accumulator of a key that is trained. */
    @Nullable
    Tensor gradient(String key) {
        return gradients.get(key);
    }

    boolean isTrained() {
        return !gradients.isEmpty();
    }

    boolean trainsAny(Predicate<String> key) {
        return gradients.keySet().stream().anyMatch(key);
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** Brings copies in other types up to date after masters changed. */
    void followMasters() {
        copies.forEach(this::follow);
    }

    private void follow(Copy copy) {
        if (copy.offset() == 0) {
            copy.copy().assign(copy.master());
        } else {
            try (Tensor shifted = kernels.tensor("plus", copy.master(), copy.offset())) {
                copy.copy().assign(shifted);
            }
        }
    }

    TensorMap tensors() {
        return handles().tensors();
    }

    Value numbers() {
        return handles().numbers();
    }

    TensorMap gradients() {
        return handles().gradients();
    }

    private Handles handles() {
        if (handles == null) {
            handles = new Handles(kernels.map(tensors), kernels.numbers(numbers), kernels.map(gradients));
        }
        return handles;
    }

    private void changed() {
        if (handles != null) {
            handles.close();
            handles = null;
        }
    }

    @Override
    public void close() {
        changed();
        scope.close();
    }
}
