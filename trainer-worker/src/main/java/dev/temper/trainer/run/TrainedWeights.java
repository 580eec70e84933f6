package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.Weight;
import dev.temper.model.weights.WeightSource;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Brings values of files into tensors that are there already. */
final class TrainedWeights {
    private TrainedWeights() {}

    /** Gives what learns in a decoder the values a file has under the same names. */
    static void load(Decoder decoder, WeightSource source) {
        for (Parameter parameter : decoder.parameters()) {
            assign(decoder.kernels(), parameter.master(), parameter.name(), source);
        }
        decoder.followMasters();
    }

    /** Overwrites a tensor of fp32 with the weight of a name, whatever its type. */
    static void assign(Kernels kernels, Tensor tensor, String name, WeightSource source) {
        Weight weight = source.get(name);
        if (weight.shape().elements() != tensor.elements()) {
            throw CodedException.user(
                            "adapter_does_not_fit",
                            "%s has \"%s\" as %s, and the run wants %s."
                                    .formatted(
                                            source.describe(), name, weight.shape(), Arrays.toString(tensor.shape())),
                            "Use what was trained on this model with these settings.")
                    .with("weight", name);
        }
        if (!kernels.device().isCuda()) {
            weight.copyTo(tensor.memory(), ElementType.F32);
            return;
        }
        MemorySegment numbers = MemorySegment.ofArray(weight.toFloats());
        try (Tensor stored = kernels.copyOf(numbers, DType.FLOAT32, tensor.shape())) {
            tensor.assign(stored);
        }
    }
}
