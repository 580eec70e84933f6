package dev.temper.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.OptimiserSpec;
import dev.temper.contract.OptimiserSpec.Kind;
import dev.temper.model.DecoderFamily;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.trainer.method.Methods;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.model.TinyModel;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TestKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Update rules on made-up gradients, against the same rule written out in doubles. */
class OptimiserTest {
    private static final double RATE = 0.02;
    private static final double DECAY = 0.1;

    private final Kernels kernels = TestKernels.cpu();
    private HuggingFaceFolder model;
    private Decoder decoder;

    @BeforeEach
    void load(@TempDir Path folder) throws IOException {
        model = TinyModel.write(folder, DecoderFamily.LLAMA, 3);
        decoder = Decoder.open(kernels, model.config(), model, DType.FLOAT32);
        Methods.attach(decoder, new MethodSpec.Partial(2, List.of("all"), List.of("norm"), false), 1);
    }

    @AfterEach
    void unload() {
        decoder.close();
        model.close();
    }

    private static OptimiserSpec settings(Kind kind, double momentum, double maxNorm, double layerDecay) {
        return new OptimiserSpec(kind, RATE, DECAY, 0.9, 0.99, 1e-6, momentum, maxNorm, layerDecay);
    }

    /** One number's update: its value, its gradient, the number of the step, its own memory. */
    private interface Rule {
        double update(double value, double gradient, int step, double decay, double rate, double[] memory);
    }

    @Test
    void adamw() {
        check(settings(Kind.ADAMW, 0, 0, 1), (value, gradient, step, decay, rate, memory) -> {
            memory[0] = 0.9 * memory[0] + 0.1 * gradient;
            memory[1] = 0.99 * memory[1] + 0.01 * gradient * gradient;
            double first = memory[0] / (1 - Math.pow(0.9, step));
            double second = memory[1] / (1 - Math.pow(0.99, step));
            return value * (1 - rate * decay) - rate * first / (Math.sqrt(second) + 1e-6);
        });
    }

    @Test
    void adamwWithRatesByLayer() {
        check(settings(Kind.ADAMW, 0, 0, 0.5), (value, gradient, step, decay, rate, memory) -> {
            memory[0] = 0.9 * memory[0] + 0.1 * gradient;
            memory[1] = 0.99 * memory[1] + 0.01 * gradient * gradient;
            double first = memory[0] / (1 - Math.pow(0.9, step));
            double second = memory[1] / (1 - Math.pow(0.99, step));
            return value * (1 - rate * decay) - rate * first / (Math.sqrt(second) + 1e-6);
        });
    }

    @Test
    void gradientDescent() {
        check(
                settings(Kind.SGD, 0, 0, 1),
                (value, gradient, step, decay, rate, memory) -> value - rate * (gradient + decay * value));
    }

    @Test
    void gradientDescentWithMomentumAndClipping() {
        check(settings(Kind.SGD, 0.8, 2, 1), (value, gradient, step, decay, rate, memory) -> {
            memory[0] = 0.8 * memory[0] + gradient + decay * value;
            return value - rate * memory[0];
        });
    }

    private void check(OptimiserSpec settings, Rule rule) {
        Map<String, double[]> values = new LinkedHashMap<>();
        Map<String, double[][]> memories = new LinkedHashMap<>();
        decoder.parameters().forEach(parameter -> {
            double[] start = parameter.master().toDoubles();
            values.put(parameter.name(), start);
            memories.put(parameter.name(), new double[start.length][2]);
        });
        try (Optimiser optimiser = new Optimiser(decoder, settings)) {
            for (int step = 1; step <= 4; step++) {
                List<float[]> gradients = gradients(step);
                double norm = norm(gradients);
                double divisor = settings.maxGradNorm() == 0 ? 1 : Math.max(1, norm / settings.maxGradNorm());
                Optimiser.Update update = optimiser.step(step, RATE, 1);
                assertThat(update.norm()).isCloseTo(norm, within(1e-5 * norm));
                int index = 0;
                for (Parameter parameter : decoder.parameters()) {
                    double distance = decoder.config().layers() + 1.0 - parameter.level();
                    double rate = RATE * Math.pow(settings.layerDecay(), distance);
                    float[] gradient = gradients.get(index++);
                    double[] value = Objects.requireNonNull(values.get(parameter.name()));
                    double[][] memory = Objects.requireNonNull(memories.get(parameter.name()));
                    for (int i = 0; i < value.length; i++) {
                        value[i] = rule.update(
                                value[i],
                                gradient[i] / divisor,
                                step,
                                parameter.decayed() ? DECAY : 0,
                                rate,
                                memory[i]);
                    }
                    close(parameter.name(), parameter.master().toDoubles(), value);
                }
            }
        }
    }

    @Test
    void adafactorKeepsARowAndAColumn() {
        Parameter matrix = decoder.parameters().stream()
                .filter(parameter -> parameter.name().endsWith("layers.1.mlp.up_proj.weight"))
                .findFirst()
                .orElseThrow();
        int rows = (int) matrix.master().shape()[0];
        int columns = (int) matrix.master().shape()[1];
        double[] value = matrix.master().toDoubles();
        double[] row = new double[rows];
        double[] column = new double[columns];
        try (Optimiser optimiser = new Optimiser(decoder, settings(Kind.ADAFACTOR, 0, 0, 1))) {
            for (int step = 1; step <= 3; step++) {
                float[] gradient = gradients(step).get(decoder.parameters().indexOf(matrix));
                optimiser.step(step, RATE, 1);
                adafactor(value, gradient, row, column, step);
                close(matrix.name(), matrix.master().toDoubles(), value);
            }
            assertThat(optimiser.state())
                    .containsKey("exp_avg_sq_row." + matrix.name())
                    .containsKey("exp_avg_sq_col." + matrix.name())
                    .containsKey("exp_avg_sq.model.norm.weight")
                    .doesNotContainKey("exp_avg_sq_col.model.norm.weight");
        }
    }

    private static void adafactor(double[] value, float[] gradient, double[] row, double[] column, int step) {
        int columns = column.length;
        double beta = 1 - Math.pow(step, -0.8);
        double[] rows = new double[row.length];
        double[] sums = new double[columns];
        for (int i = 0; i < value.length; i++) {
            double square = (double) gradient[i] * gradient[i] + 1e-30;
            rows[i / columns] += square / columns;
            sums[i % columns] += square / row.length;
        }
        double mean = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] = beta * row[i] + (1 - beta) * rows[i];
            mean += row[i] / row.length;
        }
        for (int i = 0; i < columns; i++) {
            column[i] = beta * column[i] + (1 - beta) * sums[i];
        }
        double[] update = new double[value.length];
        double rms = 0;
        for (int i = 0; i < value.length; i++) {
            update[i] = gradient[i] / Math.sqrt(row[i / columns] / mean * column[i % columns]);
            rms += update[i] * update[i] / value.length;
        }
        for (int i = 0; i < value.length; i++) {
            value[i] = value[i] * (1 - DECAY * RATE) - RATE * update[i] / Math.max(1, Math.sqrt(rms));
        }
    }

    @Test
    void leavesEverythingAloneWhenGradientsAreNotFinite() {
        Parameter some = decoder.parameters().getFirst();
        double[] before = some.master().toDoubles();
        gradients(1);
        kernels.run("fill", some.gradient(), Double.POSITIVE_INFINITY);
        try (Optimiser optimiser = new Optimiser(decoder, settings(Kind.ADAMW, 0, 1, 1))) {
            assertThat(optimiser.step(1, RATE, 1).applied()).isFalse();
            assertThat(some.master().toDoubles()).containsExactly(before);
        }
    }

    /** Gradients of a scaled loss move weights as those of the loss itself do. */
    @Test
    void takesTheLossScaleOut() {
        List<float[]> gradients = gradients(1);
        int index = 0;
        for (Parameter parameter : decoder.parameters()) {
            assign(parameter.gradient(), gradients.get(index++), 1024);
        }
        try (Optimiser optimiser = new Optimiser(decoder, settings(Kind.ADAMW, 0, 1, 1))) {
            double norm = norm(gradients);
            assertThat(optimiser.step(1, RATE, 1024).norm()).isCloseTo(norm, within(1e-5 * norm));
        }
    }

    @Test
    void lossScaleHalvesOnOverflowAndGrowsWithPatience() {
        LossScale scale = LossScale.start().after(false);
        assertThat(scale.value()).isEqualTo(32_768);
        for (int i = 0; i < 2_000; i++) {
            assertThat(scale.value()).isEqualTo(32_768);
            scale = scale.after(true);
        }
        assertThat(scale.value()).isEqualTo(65_536);
        assertThat(LossScale.NONE.after(false)).isEqualTo(LossScale.NONE);
    }

    private List<float[]> gradients(int step) {
        Random random = new Random(step);
        List<float[]> all = new ArrayList<>();
        for (Parameter parameter : decoder.parameters()) {
            float[] gradient = new float[Math.toIntExact(parameter.elements())];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (float) random.nextGaussian();
            }
            all.add(gradient);
            assign(parameter.gradient(), gradient, 1);
        }
        return all;
    }

    private void assign(Tensor target, float[] values, float factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = factor * values[i];
        }
        try (Tensor source = kernels.floats(scaled, target.shape())) {
            target.assign(source);
        }
    }

    private static void close(String name, double[] actual, double[] expected) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        assertThat(worst).as(name).isLessThan(2e-5);
    }

    private static double norm(List<float[]> gradients) {
        double square = 0;
        for (float[] gradient : gradients) {
            for (float number : gradient) {
                square += (double) number * number;
            }
        }
        return Math.sqrt(square);
    }
}
