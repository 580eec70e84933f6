package dev.temper.trainer.optim;

import dev.temper.contract.OptimiserSpec;
import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Scope;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TensorList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stochastic gradient descent, with momentum where it is asked for. */
final class Sgd implements UpdateRule {
    private final Kernels kernels;
    private final double momentum;
    private final double decay;
    private final Scope scope = new Scope();
    private final Map<String, Tensor> state = new LinkedHashMap<>();
    private final TensorList masters;
    private final TensorList gradients;
    private final TensorList velocities;

    Sgd(Kernels kernels, ParameterGroup group, OptimiserSpec settings) {
        this.kernels = kernels;
        momentum = settings.momentum();
        decay = group.weightDecay();
        List<Tensor> moving = new ArrayList<>();
        if (momentum != 0) {
            for (Parameter parameter : group.parameters()) {
                Tensor velocity = scope.own(
                        kernels.zeros(DType.FLOAT32, parameter.master().shape()));
                state.put("momentum_buffer." + parameter.name(), velocity);
                moving.add(velocity);
            }
        }
        masters = scope.own(
                kernels.list(group.parameters().stream().map(Parameter::master).toList()));
        gradients = scope.own(kernels.list(
                group.parameters().stream().map(Parameter::gradient).toList()));
        velocities = scope.own(kernels.list(moving));
    }

    @Override
    public void update(int step, double rate, double divisor) {
        kernels.run("sgd", masters, gradients, velocities, rate, momentum, decay, divisor);
    }

    @Override
    public Map<String, Tensor> state() {
        return Collections.unmodifiableMap(state);
    }

    @Override
    public void close() {
        scope.close();
    }
}
