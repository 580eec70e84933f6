package dev.temper.trainer.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.temper.model.Goldens;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.model.weights.SafetensorsFile;
import dev.temper.model.weights.Weight;
import dev.temper.trainer.golden.GoldenRun.Step;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TestKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whole training curves, step by step, as transformers and PEFT compute them. */
class TrainingGoldensTest {
    private static final double LOSS = 3e-5;
    private static final double NORM = 3e-4;
    private static final double RATE = 1e-12;
    private static final double ELEMENT = 2e-3;
    private static final double TENSOR = 1e-3;

    private final Kernels kernels = TestKernels.cpu();

    static Stream<String> runs() throws IOException {
        return foldersWithCurve("training");
    }

    static Stream<String> resumed() throws IOException {
        return foldersWithCurve("training/resume");
    }

    private static Stream<String> foldersWithCurve(String parent) throws IOException {
        try (Stream<Path> folders = Files.list(Goldens.path(parent))) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("curve.json")))
                    .map(folder -> parent + "/" + folder.getFileName())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void followsTheCurve(String folder) {
        GoldenRun golden = GoldenRun.read(Goldens.path(folder));
        assumeTrue(golden.method().isPresent(), () -> "no method for " + golden.kind() + " yet");
        run(golden, decoder -> {}, 1);
    }

    @ParameterizedTest
    @MethodSource("resumed")
    void goesOnFromAState(String folder) {
        GoldenRun golden = GoldenRun.read(Goldens.path(folder));
        run(golden, decoder -> {}, golden.resumedAt() + 1);
    }

    /** Recomputing every layer changes nothing but time. */
    @ParameterizedTest
    @MethodSource("runs")
    void followsTheCurveRecomputing(String folder) {
        GoldenRun golden = GoldenRun.read(Goldens.path(folder));
        assumeTrue(golden.method().isPresent(), () -> "no method for " + golden.kind() + " yet");
        run(golden, decoder -> decoder.recompute(layer -> true), 1);
    }

    private void run(GoldenRun golden, java.util.function.Consumer<Decoder> plan, int first) {
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(Goldens.path("models/" + golden.model()));
                Decoder decoder = Decoder.open(kernels, folder.config(), folder, DType.FLOAT32)) {
            plan.accept(decoder);
            try (GoldenTrainer trainer = new GoldenTrainer(decoder, golden)) {
                trainer.load(first);
                for (Step expected :
                        golden.steps().subList(first - 1, golden.steps().size())) {
                    compare(expected, trainer.step(expected.step()));
                }
                parameters(golden, decoder.parameters());
            }
        }
    }

    private static void compare(Step expected, Step actual) {
        String at = "step " + expected.step();
        assertThat(actual.items()).as(at + " items").isEqualTo(expected.items());
        assertThat(actual.rate()).as(at + " rate").isCloseTo(expected.rate(), within(RATE));
        assertThat(actual.loss()).as(at + " loss").isCloseTo(expected.loss(), within(LOSS));
        assertThat(actual.norm()).as(at + " norm").isCloseTo(expected.norm(), within(NORM * expected.norm()));
    }

    private static void parameters(GoldenRun golden, List<Parameter> parameters) {
        Map<String, JsonNode> statistics = golden.finalStatistics();
        assertThat(parameters.stream().map(parameter -> golden.nameInMemory(parameter.name())))
                .as("what is trained")
                .containsExactlyInAnyOrderElementsOf(statistics.keySet());
        assertThat(parameters.stream()
                        .filter(parameter -> !parameter.decayed())
                        .map(parameter -> golden.nameInMemory(parameter.name())))
                .as("what is not decayed")
                .containsExactlyInAnyOrderElementsOf(golden.notDecayed());
        for (Parameter parameter : parameters) {
            float[] actual = parameter.master().toFloats();
            String name = golden.nameInMemory(parameter.name());
            statistics(name, actual, statistics.get(name));
        }
        golden.finalTensors().ifPresent(file -> {
            try (SafetensorsFile expected = SafetensorsFile.open(file)) {
                for (Weight weight : expected.weights()) {
                    Parameter parameter = parameters.stream()
                            .filter(trained ->
                                    golden.nameInMemory(trained.name()).equals(weight.name()))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(weight.name() + " is not trained"));
                    close(weight.name(), parameter.master(), weight.toFloats());
                }
            }
        });
    }

    private static void statistics(String name, float[] actual, JsonNode expected) {
        double sum = 0;
        double square = 0;
        for (float number : actual) {
            sum += number;
            square += (double) number * number;
        }
        double norm = expected.get("l2").doubleValue();
        assertThat(Math.sqrt(square)).as(name + " l2").isCloseTo(norm, within(TENSOR * norm));
        // The sum of n gaps whose own norm is within the tolerance is within √n of it.
        assertThat(sum)
                .as(name + " sum")
                .isCloseTo(expected.get("sum").doubleValue(), within(TENSOR * norm * Math.sqrt(actual.length)));
        int i = 0;
        for (JsonNode number : expected.get("first")) {
            assertThat((double) actual[i++]).as(name + " first").isCloseTo(number.doubleValue(), within(ELEMENT));
        }
    }

    private static void close(String name, Tensor actual, float[] expected) {
        float[] numbers = actual.toFloats();
        double gap = 0;
        double norm = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = numbers[i] - expected[i];
            worst = Math.max(worst, Math.abs(difference));
            gap += difference * difference;
            norm += (double) expected[i] * expected[i];
        }
        assertThat(worst).as(name + " largest gap").isLessThanOrEqualTo(ELEMENT);
        assertThat(Math.sqrt(gap)).as(name + " gap").isLessThanOrEqualTo(TENSOR * Math.sqrt(norm));
    }
}
