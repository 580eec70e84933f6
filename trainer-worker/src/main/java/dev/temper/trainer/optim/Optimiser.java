package dev.temper.trainer.optim;

import dev.temper.contract.OptimiserSpec;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TensorList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ends a step: measures the gradients, clips them, and lets every group of parameters take its update. */
public final class Optimiser implements AutoCloseable {
    /** Keeps a norm of 0 from dividing, as torch's clip_grad_norm_ does. */
    private static final double CLIP_EPSILON = 1e-6;

    private record Key(double rateFactor, double weightDecay) {}

    private record Group(double rateFactor, UpdateRule rule) {}

    /**
     * What a step did.
     *
     * @param norm of all gradients together, before clipping
     * @param applied false where the norm was infinite or not a number, and nothing was changed
     */
    public record Update(double norm, boolean applied) {}

    private final Decoder decoder;
    private final Kernels kernels;
    private final double maxNorm;
    private final TensorList gradients;
    private final List<Group> groups = new ArrayList<>();

    /** An optimiser of what learns in a decoder, a method attached to it already. */
    public Optimiser(Decoder decoder, OptimiserSpec settings) {
        this.decoder = decoder;
        kernels = decoder.kernels();
        maxNorm = settings.maxGradNorm();
        gradients = kernels.list(
                decoder.parameters().stream().map(Parameter::gradient).toList());
        int top = decoder.config().layers() + 1;
        Map<Key, List<Parameter>> byKey = new LinkedHashMap<>();
        for (Parameter parameter : decoder.parameters()) {
            double depth = Math.pow(settings.layerDecay(), top - parameter.level());
            double decay = parameter.decayed() ? settings.weightDecay() : 0;
            byKey.computeIfAbsent(new Key(parameter.rateFactor() * depth, decay), key -> new ArrayList<>())
                    .add(parameter);
        }
        byKey.forEach((key, parameters) -> groups.add(
                new Group(key.rateFactor(), rule(new ParameterGroup(parameters, key.weightDecay()), settings))));
    }

    private UpdateRule rule(ParameterGroup group, OptimiserSpec settings) {
        return switch (settings.type()) {
            case ADAMW -> new AdamW(kernels, group, settings);
            case SGD -> new Sgd(kernels, group, settings);
            case ADAFACTOR -> new Adafactor(kernels, group);
        };
    }

    /**
     * Ends a step whose gradients are all there.
     *
     * @param step from 1
     * @param rate the learning rate of this step, before the factors of single parameters
     * @param lossScale what the loss was multiplied by, and gradients are to be divided by
     */
    public Update step(int step, double rate, double lossScale) {
        double norm = kernels.number("global_norm", gradients) / lossScale;
        if (!Double.isFinite(norm)) {
            return new Update(norm, false);
        }
        double clipped = maxNorm > 0 ? Math.max(1, (norm + CLIP_EPSILON) / maxNorm) : 1;
        for (Group group : groups) {
            group.rule().update(step, rate * group.rateFactor(), clipped * lossScale);
        }
        decoder.followMasters();
        return new Update(norm, true);
    }

    /** What it remembers, by name; the tensors stay its own and may be read or assigned in place. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        groups.forEach(group -> state.putAll(group.rule().state()));
        return state;
    }

    @Override
    public void close() {
        groups.forEach(group -> group.rule().close());
        gradients.close();
    }
}
