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

/** Adam with decoupled weight decay (Loshchilov & Hutter, 2019), all tensors of a group in one kernel. */
final class AdamW implements UpdateRule {
    private final Kernels kernels;
    private final OptimiserSpec settings;
    private final double decay;
    private final Scope scope = new Scope();
    private final Map<String, Tensor> state = new LinkedHashMap<>();
    private final TensorList masters;
    private final TensorList gradients;
    private final TensorList first;
    private final TensorList second;
    private final TensorList steps;
    private final Tensor counter;
    private final Tensor divisor;

    AdamW(Kernels kernels, ParameterGroup group, OptimiserSpec settings) {
        this.kernels = kernels;
        this.settings = settings;
        decay = group.weightDecay();
        List<Tensor> averages = new ArrayList<>();
        List<Tensor> squares = new ArrayList<>();
        for (Parameter parameter : group.parameters()) {
            averages.add(moment("exp_avg.", parameter));
            squares.add(moment("exp_avg_sq.", parameter));
        }
        counter = scope.own(kernels.zeros(DType.FLOAT32));
        divisor = scope.own(kernels.zeros(DType.FLOAT32));
        masters = scope.own(
                kernels.list(group.parameters().stream().map(Parameter::master).toList()));
        gradients = scope.own(kernels.list(
                group.parameters().stream().map(Parameter::gradient).toList()));
        first = scope.own(kernels.list(averages));
        second = scope.own(kernels.list(squares));
        steps = scope.own(kernels.list(Collections.nCopies(averages.size(), counter)));
    }

    private Tensor moment(String prefix, Parameter parameter) {
        Tensor moment =
                scope.own(kernels.zeros(DType.FLOAT32, parameter.master().shape()));
        state.put(prefix + parameter.name(), moment);
        return moment;
    }

    @Override
    public void update(int step, double rate, double divideBy) {
        kernels.run("fill", counter, (double) step);
        kernels.run("fill", divisor, divideBy);
        kernels.run(
                "adamw",
                masters,
                gradients,
                first,
                second,
                steps,
                rate,
                settings.adamBeta1(),
                settings.adamBeta2(),
                settings.adamEpsilon(),
                decay,
                divisor);
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
