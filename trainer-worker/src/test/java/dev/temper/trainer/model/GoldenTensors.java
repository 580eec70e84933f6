package dev.temper.trainer.model;

import dev.temper.model.weights.Weight;
import java.lang.foreign.ValueLayout;

/** Whole numbers out of safetensors files, which readers of weights have no use for. */
public final class GoldenTensors {
    private GoldenTensors() {}

    /** An I64 tensor, row-major. */
    public static int[] integers(Weight weight) {
        int[] numbers = new int[Math.toIntExact(weight.shape().elements())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.toIntExact(weight.bytes().get(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i));
        }
        return numbers;
    }
}
