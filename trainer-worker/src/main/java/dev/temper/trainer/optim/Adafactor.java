package dev.temper.trainer.optim;

import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Scope;
import dev.temper.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adafactor (Shazeer & Stern, 2018): the second moment of a matrix kept as one row and one column. */
final class Adafactor implements UpdateRule {
    private final Kernels kernels;
    private final ParameterGroup group;
    private final Scope scope = new Scope();
    private final Map<String, Tensor> state = new LinkedHashMap<>();

    Adafactor(Kernels kernels, ParameterGroup group) {
        this.kernels = kernels;
        this.group = group;
        for (Parameter parameter : group.parameters()) {
            long[] shape = parameter.master().shape();
            boolean matrix = shape.length > 1;
            put(row(parameter), matrix ? Arrays.copyOf(shape, shape.length - 1) : shape);
            put(column(parameter), matrix ? new long[] {shape[shape.length - 1]} : new long[] {0});
        }
    }

    private static String row(Parameter parameter) {
        return (parameter.master().shape().length > 1 ? "exp_avg_sq_row." : "exp_avg_sq.") + parameter.name();
    }

    private static String column(Parameter parameter) {
        return "exp_avg_sq_col." + parameter.name();
    }

    private void put(String name, long... shape) {
        state.put(name, scope.own(kernels.zeros(DType.FLOAT32, shape)));
    }

    @Override
    public void update(int step, double rate, double divisor) {
        for (Parameter parameter : group.parameters()) {
            kernels.run(
                    "adafactor",
                    parameter.master(),
                    parameter.gradient(),
                    moments(row(parameter)),
                    moments(column(parameter)),
                    step,
                    rate,
                    group.weightDecay(),
                    divisor);
        }
    }

    private Tensor moments(String name) {
        Tensor moments = state.get(name);
        if (moments == null) {
            throw new IllegalStateException("no moments " + name);
        }
        return moments;
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> kept = new LinkedHashMap<>(state);
        kept.values().removeIf(tensor -> tensor.elements() == 0);
        return Collections.unmodifiableMap(kept);
    }

    @Override
    public void close() {
        scope.close();
    }
}
