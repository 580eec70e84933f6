package dev.temper.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.OptimiserSpec;
import dev.temper.model.DecoderFamily;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.method.Methods;
import dev.temper.trainer.optim.Optimiser;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.TestKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** bf16 beside fp32, and what a long run does to memory. */
class PrecisionTest {
    private static final MethodSpec LORA =
            new MethodSpec.Lora(4, 8.0, 0, List.of("all"), List.of(), false, false, null, 0, false);

    private final Kernels kernels = TestKernels.cpu();

    @ParameterizedTest
    @EnumSource(DecoderFamily.class)
    void bfloat16LearnsAsFloat32Does(DecoderFamily family, @TempDir Path folder) throws IOException {
        for (MethodSpec settings : List.of(new MethodSpec.Full(), LORA)) {
            List<Double> exact = curve(family, folder, DType.FLOAT32, settings, 10);
            List<Double> rounded = curve(family, folder, DType.BFLOAT16, settings, 10);
            for (int i = 0; i < exact.size(); i++) {
                assertThat(rounded.get(i))
                        .as(settings + " step " + (i + 1))
                        .isCloseTo(exact.get(i), within(0.01 * exact.getFirst()));
            }
            assertThat(rounded.getLast()).isLessThan(0.95 * rounded.getFirst());
        }
    }

    /** Masters are fp32 whatever is computed in: steps too small for bf16 still add up. */
    @Test
    void smallStepsAreNotLostInBfloat16(@TempDir Path folder) throws IOException {
        try (HuggingFaceFolder model = TinyModel.write(folder, DecoderFamily.QWEN3, 1);
                Decoder decoder = Decoder.open(kernels, model.config(), model, DType.BFLOAT16)) {
            Methods.attach(decoder, new MethodSpec.Full(), 1);
            Parameter some = decoder.parameters().getFirst();
            float[] before = some.master().toFloats();
            kernels.run("fill", some.gradient(), 1.0);
            try (Optimiser optimiser = new Optimiser(decoder, adamw(0))) {
                optimiser.step(1, 1e-6, 1);
            }
            float[] after = some.master().toFloats();
            for (int i = 0; i < before.length; i++) {
                assertThat(before[i] - after[i]).isCloseTo(1e-6f, within(2e-7f));
            }
        }
    }

    @Test
    void twoHundredStepsLeaveMemoryFlat(@TempDir Path folder) throws IOException {
        try (HuggingFaceFolder model = TinyModel.write(folder, DecoderFamily.GEMMA3, 1);
                Decoder decoder = Decoder.open(kernels, model.config(), model, DType.BFLOAT16)) {
            Methods.attach(decoder, LORA, 1);
            decoder.recompute(layer -> layer == 1);
            try (Optimiser optimiser = new Optimiser(decoder, adamw(0))) {
                long before = 0;
                for (int step = 1; step <= 200; step++) {
                    PackedBatch batch = batch(new Random(step), 150 + step % 7);
                    decoder.forwardBackward(batch, new Pass(1, step, 0, 0.01), 0, 0, null);
                    optimiser.step(step, 1e-4, 1);
                    decoder.evaluate(batch);
                    if (step == 50) {
                        before = NativeHeap.bytesInUse();
                    }
                }
                // A tensor of one layer's activations forgotten each step would be 40 MB.
                assertThat(NativeHeap.bytesInUse() - before).isLessThan(15_000_000);
            }
        }
    }

    private List<Double> curve(DecoderFamily family, Path folder, DType type, MethodSpec settings, int steps)
            throws IOException {
        List<Double> losses = new ArrayList<>();
        try (HuggingFaceFolder model = TinyModel.write(folder, family, 1);
                Decoder decoder = Decoder.open(kernels, model.config(), model, type)) {
            Methods.attach(decoder, settings, 1);
            PackedBatch batch = batch(new Random(2), 60);
            try (Optimiser optimiser = new Optimiser(decoder, adamw(0.01))) {
                for (int step = 1; step <= steps; step++) {
                    double scale = 1.0 / batch.labelled();
                    losses.add(scale
                            * decoder.forwardBackward(batch, new Pass(1, step, 0, scale), 0, 0, null)
                                    .sum());
                    optimiser.step(step, 0.005, 1);
                }
            }
        }
        return losses;
    }

    private static OptimiserSpec adamw(double decay) {
        return new OptimiserSpec(OptimiserSpec.Kind.ADAMW, 1e-3, decay, 0.9, 0.999, 1e-8, 0, 1, 1);
    }

    private static PackedBatch batch(Random random, int length) {
        int[] tokens = random.ints(length, 0, TinyModel.VOCABULARY).toArray();
        return new PackedBatch(tokens, tokens, new int[] {0, length / 3, length});
    }
}
