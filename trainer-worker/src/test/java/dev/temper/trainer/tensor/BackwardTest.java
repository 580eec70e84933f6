package dev.temper.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.trainer.tensor.Reference.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hand-written backwards against PyTorch's autograd of plainly written forwards, at random shapes. */
@TestInstance(Lifecycle.PER_CLASS)
class BackwardTest {
    private static final double TOLERANCE = 2e-4;

    private Kernels kernels;
    private Reference reference;

    @BeforeAll
    void load() {
        kernels = Kernels.open(Device.CPU, 1, Reference.archive());
        reference = new Reference();
    }

    @AfterAll
    void unload() {
        reference.close();
        kernels.close();
    }

    /** One random layer: which of the optional parts it has, its sizes, its numbers. */
    private static final class Case {
        final Random random;
        final int groups;
        final int heads;
        final int headDim;
        final int hidden;
        final int intermediate;
        final int window;
        final boolean gelu;
        final double queryScale;
        final double loraScale;
        final int[] starts;
        final Map<String, Numbers> tensors = new LinkedHashMap<>();

        Case(long seed) {
            random = new Random(seed);
            groups = 1 + random.nextInt(3);
            heads = groups * (1 + random.nextInt(3));
            headDim = 8 * (1 + random.nextInt(3));
            hidden = 16 + 8 * random.nextInt(5);
            intermediate = 24 + 8 * random.nextInt(5);
            window = random.nextBoolean() ? 0 : 1 + random.nextInt(9);
            gelu = random.nextBoolean();
            queryScale = 0.2 + random.nextDouble() / 4;
            loraScale = 0.5 + random.nextDouble();
            starts = new int[2 + random.nextInt(4)];
            for (int i = 1; i < starts.length; i++) {
                starts[i] = starts[i - 1] + 1 + random.nextInt(12);
            }
            if (seed % 5 == 0) {
                // Long enough that a windowed sequence is cut into blocks.
                starts[starts.length - 1] += 150;
            }
            weights();
        }

        private void weights() {
            norm("attention_norm", hidden);
            norm("feedforward_norm", hidden);
            if (random.nextBoolean()) {
                norm("q_norm", headDim);
                norm("k_norm", headDim);
            }
            if (random.nextBoolean()) {
                norm("attention_post_norm", hidden);
                norm("feedforward_post_norm", hidden);
            }
            projection("q_proj", heads * headDim, hidden);
            projection("k_proj", groups * headDim, hidden);
            projection("v_proj", groups * headDim, hidden);
            projection("o_proj", hidden, heads * headDim);
            projection("gate_proj", intermediate, hidden);
            projection("up_proj", intermediate, hidden);
            projection("down_proj", hidden, intermediate);
        }

        private void norm(String name, int width) {
            tensors.put(name + ".weight", numbers(0.3, 1, width));
        }

        private void projection(String name, int outputs, int inputs) {
            tensors.put(name + ".weight", numbers(0.3, 0, outputs, inputs));
            if (random.nextBoolean()) {
                tensors.put(name + ".bias", numbers(0.3, 0, outputs));
            }
            if (random.nextBoolean()) {
                int rank = 1 + random.nextInt(5);
                tensors.put(name + ".lora_A", numbers(0.3, 0, rank, inputs));
                tensors.put(name + ".lora_B", numbers(0.3, 0, outputs, rank));
                if (random.nextBoolean()) {
                    tensors.put(name + ".dora_magnitude", numbers(0.3, 1, outputs));
                }
            }
        }

        Numbers numbers(double spread, double around, long... shape) {
            int count = 1;
            for (long size : shape) {
                count = Math.toIntExact(count * size);
            }
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) (around + spread * random.nextGaussian());
            }
            return new Numbers(values, shape);
        }

        int tokens() {
            return starts[starts.length - 1];
        }

        long[] segments() {
            long[] segments = new long[tokens()];
            for (int i = 0; i + 1 < starts.length; i++) {
                for (int j = starts[i]; j < starts[i + 1]; j++) {
                    segments[j] = i;
                }
            }
            return segments;
        }

        long[] positions() {
            long[] positions = new long[tokens()];
            for (int i = 0; i + 1 < starts.length; i++) {
                for (int j = starts[i]; j < starts[i + 1]; j++) {
                    positions[j] = (long) j - starts[i];
                }
            }
            return positions;
        }

        long[] spans() {
            List<Long> spans = new ArrayList<>();
            for (int i = 0; i + 1 < starts.length; i++) {
                int block = window > 0 && starts[i + 1] - starts[i] > window ? 64 : Integer.MAX_VALUE / 2;
                for (int from = starts[i]; from < starts[i + 1]; from += block) {
                    spans.add((long) from);
                    spans.add((long) Math.min(starts[i + 1], from + block));
                    spans.add((long) (window > 0 ? Math.max(starts[i], from - window + 1) : starts[i]));
                }
            }
            return spans.stream().mapToLong(Long::longValue).toArray();
        }

        /** A row of cosines or sines per position. */
        Numbers angles(UnaryOperator<Double> function) {
            int half = headDim / 2;
            float[] values = new float[tokens() * half];
            for (int position = 0; position < tokens(); position++) {
                for (int i = 0; i < half; i++) {
                    values[position * half + i] = function.apply(position / Math.pow(100, (double) i / half))
                            .floatValue();
                }
            }
            return new Numbers(values, tokens(), half);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20})
    void aLayersGradientsAreAutograds(long seed) {
        Case layer = new Case(seed);
        Numbers x = layer.numbers(1, 0, layer.tokens(), layer.hidden);
        Numbers gy = layer.numbers(1, 0, layer.tokens(), layer.hidden);
        Map<String, float[]> expected = expected(layer, x, gy);
        for (boolean recomputed : new boolean[] {false, true}) {
            Map<String, float[]> actual = actual(layer, x, gy, recomputed);
            actual.forEach((name, values) -> close("seed " + seed + ": " + name, values, at(expected, name)));
            assertThat(actual).hasSizeGreaterThan(10);
        }
    }

    private Map<String, float[]> expected(Case layer, Numbers x, Numbers gy) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("x", x);
        arguments.put("gy", gy);
        layer.tensors.forEach((name, values) -> arguments.put("p." + name, values));
        arguments.put("cos", perToken(layer, layer.angles(Math::cos)));
        arguments.put("sin", perToken(layer, layer.angles(Math::sin)));
        arguments.put("segments", layer.segments());
        arguments.put(
                "numbers",
                new Numbers(
                        new float[] {
                            layer.heads,
                            layer.groups,
                            layer.headDim,
                            (float) layer.queryScale,
                            layer.window,
                            1e-5f,
                            layer.gelu ? 1 : 0,
                            (float) layer.loraScale
                        },
                        8));
        return reference.call("reference_layer", arguments);
    }

    private static Numbers perToken(Case layer, Numbers table) {
        int half = layer.headDim / 2;
        long[] positions = layer.positions();
        float[] rows = new float[positions.length * half];
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(table.values(), (int) positions[i] * half, rows, i * half, half);
        }
        return new Numbers(rows, positions.length, 1, half);
    }

    private Map<String, float[]> actual(Case layer, Numbers x, Numbers gy, boolean recomputed) {
        Map<String, float[]> results = new LinkedHashMap<>();
        try (Scope scope = new Scope()) {
            Map<String, Tensor> p = new LinkedHashMap<>();
            Map<String, Tensor> grads = new LinkedHashMap<>();
            Map<String, Double> numbers = new LinkedHashMap<>();
            layer.tensors.forEach((name, values) -> {
                p.put(name, scope.own(tensor(values)));
                // What is there is to be forgotten.
                Tensor gradient = scope.own(kernels.zeros(DType.FLOAT32, values.shape()));
                kernels.run("fill", gradient, Double.NaN);
                grads.put(name, gradient);
            });
            for (String name : List.copyOf(p.keySet())) {
                if (name.endsWith(".lora_A")) {
                    String role = name.replace(".lora_A", "");
                    numbers.put(role + ".lora_scale", layer.loraScale);
                    numbers.put(role + ".lora_dropout", 0.0);
                    p.put(role + ".weight_square", scope.own(kernels.tensor("row_squares", at(p, role + ".weight"))));
                }
            }
            Value parameters = scope.own(kernels.map(p));
            Value gradients = scope.own(kernels.map(grads));
            Value named = scope.own(kernels.numbers(numbers));
            Value shape = scope.own(shape(layer));
            Value layout = scope.own(layout(scope, layer));
            Tensor input = scope.own(tensor(x));
            List<Value> forward = kernels.values("layer_forward", input, parameters, named, shape, layout, -1L);
            forward.forEach(scope::own);
            results.put("y", ((Tensor) forward.getFirst()).toFloats());
            Tensor top = scope.own(tensor(gy));
            Tensor bottom = scope.own(
                    recomputed
                            ? kernels.tensor(
                                    "layer_recompute",
                                    top,
                                    input,
                                    parameters,
                                    named,
                                    gradients,
                                    shape,
                                    layout,
                                    -1L,
                                    0.0,
                                    2L)
                            : kernels.tensor(
                                    "layer_backward",
                                    top,
                                    forward.getLast(),
                                    parameters,
                                    named,
                                    gradients,
                                    shape,
                                    layout,
                                    -1L,
                                    0.0,
                                    2L));
            results.put("gradient of x", bottom.toFloats());
            grads.forEach((name, gradient) -> results.put("gradient of " + name, gradient.toFloats()));
        }
        return results;
    }

    private Value shape(Case layer) {
        return kernels.value(
                "layer_shape",
                layer.heads,
                layer.groups,
                layer.headDim,
                layer.queryScale,
                layer.window,
                1e-5,
                layer.gelu);
    }

    private Value layout(Scope scope, Case layer) {
        return kernels.value(
                "layout",
                scope.own(tensor(layer.angles(Math::cos))),
                scope.own(tensor(layer.angles(Math::sin))),
                scope.own(kernels.integers(layer.positions())),
                layer.spans(),
                scope.own(kernels.integers(layer.starts)),
                layer.tokens());
    }

    private Tensor tensor(Numbers numbers) {
        return kernels.floats(numbers.values(), numbers.shape());
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 5, 10, 15, 16})
    void attentionIsTheSameInBothWays(long seed) {
        Case layer = new Case(seed);
        try (Scope scope = new Scope()) {
            Tensor q = scope.own(tensor(layer.numbers(1, 0, layer.tokens(), layer.heads, layer.headDim)));
            Tensor k = scope.own(tensor(layer.numbers(1, 0, layer.tokens(), layer.groups, layer.headDim)));
            Tensor v = scope.own(tensor(layer.numbers(1, 0, layer.tokens(), layer.groups, layer.headDim)));
            Tensor g = scope.own(tensor(layer.numbers(1, 0, layer.tokens(), layer.heads, layer.headDim)));
            Value shape = scope.own(shape(layer));
            Value layout = scope.own(layout(scope, layer));
            List<Value> flash = kernels.values("attention_both_ways", q, k, v, g, shape, layout, 0);
            List<Value> plain = kernels.values("attention_both_ways", q, k, v, g, shape, layout, 2);
            for (int i = 0; i < flash.size(); i++) {
                Tensor one = (Tensor) scope.own(flash.get(i));
                Tensor other = (Tensor) scope.own(plain.get(i));
                close("seed " + seed + ": " + i, one.toFloats(), other.toFloats());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void theLosssGradientsAreAutograds(double smoothing) {
        Case layer = new Case(3);
        int vocabulary = 50;
        Numbers x = layer.numbers(1, 0, 13, layer.hidden);
        Numbers norm = layer.numbers(0.3, 1, layer.hidden);
        Numbers head = layer.numbers(0.5, 0, vocabulary, layer.hidden);
        long[] rows = {0, 2, 3, 7, 8, 11, 12};
        long[] targets = {3, 0, 49, 3, 8, 11, 12};
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("x", x);
        arguments.put("rows", rows);
        arguments.put("targets", targets);
        arguments.put("norm", norm);
        arguments.put("head", head);
        arguments.put("numbers", new Numbers(new float[] {1e-5f, (float) smoothing}, 2));
        Map<String, float[]> expected = reference.call("reference_loss", arguments);
        try (Scope scope = new Scope()) {
            Map<String, Tensor> p = new LinkedHashMap<>();
            p.put("norm.weight", scope.own(tensor(norm)));
            p.put("lm_head.weight", scope.own(tensor(head)));
            Map<String, Tensor> grads = new LinkedHashMap<>();
            grads.put("norm.weight", scope.own(kernels.floats(new float[layer.hidden], layer.hidden)));
            grads.put("lm_head.weight", scope.own(kernels.zeros(DType.FLOAT32, vocabulary, layer.hidden)));
            // A buffer smaller than the rows, and not a divisor of their number.
            List<Value> results = kernels.values(
                    "head_loss_backward",
                    scope.own(tensor(x)),
                    scope.own(kernels.integers(rows)),
                    scope.own(kernels.integers(targets)),
                    scope.own(kernels.map(p)),
                    scope.own(kernels.map(grads)),
                    1e-5,
                    smoothing,
                    1.0,
                    0.0,
                    scope.own(kernels.empty(DType.FLOAT32, 3, vocabulary)));
            results.forEach(scope::own);
            double[] totals = ((Tensor) results.getFirst()).toDoubles();
            assertThat(totals[0]).isCloseTo(at(expected, "loss")[0], within(1e-4));
            assertThat(totals[2]).isEqualTo(rows.length);
            close("x", ((Tensor) results.getLast()).toFloats(), at(expected, "gradient of x"));
            close("norm", at(grads, "norm.weight").toFloats(), at(expected, "gradient of norm"));
            close("head", at(grads, "lm_head.weight").toFloats(), at(expected, "gradient of head"));
        }
    }

    /** A target the model is sure is wrong still has a finite loss. */
    @Test
    void theLossOfAnImpossibleTargetIsFinite() {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> p = new LinkedHashMap<>();
            p.put("norm.weight", scope.own(kernels.floats(new float[] {300, 300}, 2)));
            p.put("lm_head.weight", scope.own(kernels.floats(new float[] {1, 0, -1, 0, 0, 1}, 3, 2)));
            List<Value> results = kernels.values(
                    "head_loss_backward",
                    scope.own(kernels.floats(new float[] {1, 0}, 1, 2)),
                    scope.own(kernels.integers(0)),
                    scope.own(kernels.integers(1)),
                    scope.own(kernels.map(p)),
                    scope.own(kernels.map(Map.of())),
                    0.0,
                    0.0,
                    1.0,
                    0.0,
                    scope.own(kernels.empty(DType.FLOAT32, 4, 3)));
            results.forEach(scope::own);
            double loss = ((Tensor) results.getFirst()).toDoubles()[0];
            assertThat(loss).isCloseTo(600 * Math.sqrt(2), within(1e-2));
        }
    }

    private static <V> V at(Map<String, V> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    private static void close(String name, float[] actual, float[] expected) {
        assertThat(expected).as(name).hasSameSizeAs(actual);
        double gap = 0;
        double norm = 0;
        for (int i = 0; i < actual.length; i++) {
            gap += Math.pow((double) actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(gap)).as(name).isLessThanOrEqualTo(TOLERANCE * Math.sqrt(norm) + 1e-4);
    }
}
