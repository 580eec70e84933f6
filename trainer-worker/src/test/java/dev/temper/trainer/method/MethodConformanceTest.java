package dev.temper.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.OptimiserSpec;
import dev.temper.model.DecoderFamily;
import dev.temper.model.TrainedModules;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Loss;
import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.model.Pass;
import dev.temper.trainer.model.TinyModel;
import dev.temper.trainer.optim.Optimiser;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TestKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method must do on every family, whatever it is. */
class MethodConformanceTest {
    private static final OptimiserSpec ADAMW =
            new OptimiserSpec(OptimiserSpec.Kind.ADAMW, 0.01, 0.01, 0.9, 0.999, 1e-8, 0, 1, 1);
    private static final long SEED = 9;

    private final Kernels kernels = TestKernels.cpu();

    @TempDir
    Path folder;

    /** Settings in which each method differs from itself. */
    private static List<MethodSpec> settings() {
        return List.of(
                new MethodSpec.Full(),
                new MethodSpec.Ia3(),
                lora(List.of("all"), 0, false),
                lora(List.of("q_proj", "down_proj"), 0, false),
                lora(List.of("all"), 0.2, false),
                lora(List.of("all"), 0, true),
                new MethodSpec.Lora(
                        4,
                        null,
                        0,
                        List.of("v_proj"),
                        List.of("embed_tokens", "model.norm"),
                        true,
                        false,
                        16.0,
                        0,
                        false),
                new MethodSpec.Partial(1, List.of("all"), List.of(), false),
                new MethodSpec.Partial(2, List.of("mlp"), List.of("norm"), false),
                new MethodSpec.Partial(-1, List.of("self_attn"), List.of(), false),
                new MethodSpec.Partial(1, List.of("down_proj"), List.of("embed_tokens"), false));
    }

    private static MethodSpec.Lora lora(List<String> targets, double dropout, boolean dora) {
        return new MethodSpec.Lora(4, 8.0, dropout, targets, List.of(), false, dora, null, 0, false);
    }

    static Stream<Arguments> everything() {
        return Stream.of(DecoderFamily.values())
                .flatMap(family -> settings().stream().map(settings -> Arguments.of(family, settings)));
    }

    @Test
    void everyMethodIsTried() {
        assertThat(Methods.all())
                .isNotEmpty()
                .allSatisfy(method -> assertThat(settings()).anyMatch(method.settings()::isInstance));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void nothingChangesBeforeTheFirstStep(DecoderFamily family, MethodSpec settings) throws IOException {
        PackedBatch batch = batch(1);
        try (HuggingFaceFolder model = TinyModel.write(folder, family, SEED);
                Decoder plain = open(model);
                Decoder tuned = open(model)) {
            Methods.attach(tuned, settings, SEED);
            assertThat(logits(tuned, batch)).isEqualTo(logits(plain, batch));
            TrainedModules told = TrainedModules.of(model.config(), settings);
            assertThat(told.parameters())
                    .isEqualTo(tuned.parameters().stream()
                            .mapToLong(Parameter::elements)
                            .sum());
            assertThat(told.frozenLayers(model.config())).isEqualTo(tuned.frozenLayers());
        }
    }

    @ParameterizedTest
    @MethodSource("everything")
    void stepsLowerTheLossAndChangeNothingElse(DecoderFamily family, MethodSpec settings) throws IOException {
        try (HuggingFaceFolder model = TinyModel.write(folder, family, SEED);
                Decoder decoder = open(model)) {
            Methods.attach(decoder, settings, SEED);
            Map<String, float[]> before = frozen(decoder);
            PackedBatch batch = batch(1);
            double first = decoder.evaluate(batch).sum();
            try (Optimiser optimiser = new Optimiser(decoder, ADAMW)) {
                for (int step = 1; step <= 6; step++) {
                    decoder.forwardBackward(batch, pass(step, batch), 0, 0, null);
                    assertThat(optimiser.step(step, 0.01, 1).applied()).isTrue();
                }
            }
            assertThat(decoder.evaluate(batch).sum()).isLessThan(first - 0.05);
            Map<String, float[]> after = frozen(decoder);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            after.forEach((name, values) -> assertThat(values).as(name).isEqualTo(before.get(name)));
        }
    }

    /** Recomputing a layer, or starting from what the frozen layers below gave, is the same bit for bit. */
    @ParameterizedTest
    @MethodSource("everything")
    void gradientsDoNotDependOnWhatIsKept(DecoderFamily family, MethodSpec settings) throws IOException {
        PackedBatch batch = batch(2);
        try (HuggingFaceFolder model = TinyModel.write(folder, family, SEED);
                Decoder decoder = open(model)) {
            Methods.attach(decoder, settings, SEED);
            jolt(decoder);
            Loss kept = decoder.forwardBackward(batch, pass(3, batch), 0.1, 0, null);
            Map<String, float[]> gradients = gradients(decoder);
            decoder.recompute(layer -> layer % 2 == 0);
            Loss recomputed = decoder.forwardBackward(batch, pass(3, batch), 0.1, 0, null);
            assertThat(recomputed).isEqualTo(kept);
            equal(gradients(decoder), gradients);
            try (Tensor prefix = decoder.frozenPrefix(batch)) {
                assertThat(decoder.forwardBackward(batch, pass(3, batch), 0.1, 0, prefix))
                        .isEqualTo(kept);
                equal(gradients(decoder), gradients);
            }
        }
    }

    /** Against the loss itself: along a random direction it rises as the gradients say. */
    @ParameterizedTest
    @MethodSource("everything")
    void gradientsAreSlopesOfTheLoss(DecoderFamily family, MethodSpec settings) throws IOException {
        if (settings instanceof MethodSpec.Lora lora && lora.useDora()) {
            return; // Its gradient leaves the norm out on purpose.
        }
        PackedBatch batch = batch(3);
        double step = 2e-3;
        try (HuggingFaceFolder model = TinyModel.write(folder, family, SEED);
                Decoder decoder = open(model)) {
            Methods.attach(decoder, settings, SEED);
            jolt(decoder);
            // The same dropout and the same noise at each look.
            Loss here = decoder.forwardBackward(batch, new Pass(SEED, 1, 0, 1), 0, 5, null);
            Map<String, float[]> gradients = gradients(decoder);
            Random random = new Random(4);
            double slope = 0;
            List<float[]> directions = new ArrayList<>();
            for (Parameter parameter : decoder.parameters()) {
                float[] gradient = Objects.requireNonNull(gradients.get(parameter.name()));
                float[] direction = new float[gradient.length];
                double norm = 0;
                for (float number : gradient) {
                    norm += (double) number * number;
                }
                for (int i = 0; i < direction.length; i++) {
                    direction[i] = (float) (random.nextGaussian() / Math.sqrt(direction.length)
                            + gradient[i] / Math.sqrt(norm + 1e-12));
                    slope += (double) direction[i] * gradient[i];
                }
                directions.add(direction);
            }
            move(decoder, directions, step);
            double above = decoder.forwardBackward(batch, new Pass(SEED, 1, 0, 1), 0, 5, null)
                    .sum();
            move(decoder, directions, -2 * step);
            double below = decoder.forwardBackward(batch, new Pass(SEED, 1, 0, 1), 0, 5, null)
                    .sum();
            assertThat((above - below) / (2 * step))
                    .as("slope at loss " + here.sum())
                    .isCloseTo(slope, within(0.03 * Math.abs(slope)));
        }
    }

    /** Two micro-batches add up to the step their sequences would be in one. */
    @ParameterizedTest
    @MethodSource("everything")
    void microBatchesAddUp(DecoderFamily family, MethodSpec settings) throws IOException {
        if (settings instanceof MethodSpec.Lora lora && lora.dropout() > 0) {
            return; // Drawn by micro-batch.
        }
        PackedBatch one = batch(5);
        PackedBatch two = batch(6);
        try (HuggingFaceFolder model = TinyModel.write(folder, family, SEED);
                Decoder decoder = open(model)) {
            Methods.attach(decoder, settings, SEED);
            jolt(decoder);
            double scale = 1.0 / (one.labelled() + two.labelled());
            decoder.forwardBackward(joined(one, two), new Pass(SEED, 1, 0, scale), 0, 0, null);
            Map<String, float[]> whole = gradients(decoder);
            decoder.forwardBackward(one, new Pass(SEED, 1, 0, scale), 0, 0, null);
            decoder.forwardBackward(two, new Pass(SEED, 1, 1, scale), 0, 0, null);
            gradients(decoder).forEach((name, values) -> {
                float[] expected = Objects.requireNonNull(whole.get(name));
                float worst = 0;
                for (int i = 0; i < values.length; i++) {
                    worst = Math.max(worst, Math.abs(values[i] - expected[i]));
                }
                assertThat(worst).as(name).isLessThan(1e-4f);
            });
        }
    }

    private Decoder open(HuggingFaceFolder model) {
        return Decoder.open(kernels, model.config(), model, DType.FLOAT32);
    }

    private static Pass pass(int step, PackedBatch batch) {
        return new Pass(SEED, step, 0, 1.0 / batch.labelled());
    }

    private static float[] logits(Decoder decoder, PackedBatch batch) {
        try (Tensor logits = decoder.logits(batch)) {
            return logits.toFloats();
        }
    }

    private static Map<String, float[]> gradients(Decoder decoder) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        decoder.parameters()
                .forEach(parameter ->
                        gradients.put(parameter.name(), parameter.gradient().toFloats()));
        return gradients;
    }

    private static void equal(Map<String, float[]> actual, Map<String, float[]> expected) {
        actual.forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
    }

    /** Every weight that does not learn, as kernels see it. */
    private static Map<String, float[]> frozen(Decoder decoder) {
        List<String> learning =
                decoder.parameters().stream().map(Parameter::name).toList();
        Map<String, float[]> weights = new LinkedHashMap<>();
        decoder.modules().stream()
                .filter(module -> learning.stream().noneMatch(name -> name.endsWith(module.name() + ".weight")))
                .forEach(module ->
                        weights.put(module.name(), decoder.weight(module).toFloats()));
        return weights;
    }

    /** Away from where adapters begin, which is special. */
    private void jolt(Decoder decoder) {
        Random random = new Random(7);
        for (Parameter parameter : decoder.parameters()) {
            float[] values = parameter.master().toFloats();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.05 * random.nextGaussian());
            }
            assign(parameter, values);
        }
        decoder.followMasters();
    }

    private void move(Decoder decoder, List<float[]> directions, double by) {
        int index = 0;
        for (Parameter parameter : decoder.parameters()) {
            float[] values = parameter.master().toFloats();
            float[] direction = directions.get(index++);
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (by * direction[i]);
            }
            assign(parameter, values);
        }
        decoder.followMasters();
    }

    private void assign(Parameter parameter, float[] values) {
        try (Tensor source = kernels.floats(values, parameter.master().shape())) {
            parameter.master().assign(source);
        }
    }

    /** Three sequences, one of a single token, one longer than any window; some labels, one sequence without. */
    private static PackedBatch batch(long seed) {
        Random random = new Random(seed);
        int[] starts = {0, 14, 15, 24};
        int[] tokens = random.ints(24, 0, TinyModel.VOCABULARY).toArray();
        int[] labels = tokens.clone();
        for (int i = 0; i < labels.length; i++) {
            if (random.nextInt(3) == 0 || i >= 18) {
                labels[i] = PackedBatch.IGNORED;
            }
        }
        return new PackedBatch(tokens, labels, starts);
    }

    private static PackedBatch joined(PackedBatch one, PackedBatch two) {
        int[] tokens = Stream.of(one, two)
                .flatMapToInt(batch -> Arrays.stream(batch.tokens()))
                .toArray();
        int[] labels = Stream.of(one, two)
                .flatMapToInt(batch -> Arrays.stream(batch.labels()))
                .toArray();
        int[] starts = IntStream.concat(
                        Arrays.stream(one.segmentStarts()),
                        Arrays.stream(two.segmentStarts()).skip(1).map(start -> start + one.tokens().length))
                .toArray();
        return new PackedBatch(tokens, labels, starts);
    }
}
