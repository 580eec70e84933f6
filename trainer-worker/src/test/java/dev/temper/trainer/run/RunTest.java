package dev.temper.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.CodedException;
import dev.temper.contract.OutputFormat;
import dev.temper.contract.RunSpecJson;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.model.weights.PeftConfig;
import dev.temper.model.weights.PeftFolder;
import dev.temper.trainer.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whole runs of a tiny model in this process. */
class RunTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final List<RunEvent> events = new ArrayList<>();

    @BeforeAll
    static void makeModelAndRows() throws IOException {
        TinyModel.write(shared.resolve("model"));
        List<String> rows = IntStream.range(0, 22)
                .mapToObj(i ->
                        "{\"instruction\": \"Count to %d\", \"output\": \"%s\"}".formatted(i, "one ".repeat(1 + i % 7)))
                .toList();
        Files.write(shared.resolve("rows.jsonl"), rows);
    }

    @Test
    void leavesAnAdapterItsLogAndItsResults() throws IOException {
        train(spec("\"model.name\": \"acme/tiny\""), folder, false);

        try (PeftFolder adapter = PeftFolder.open(folder)) {
            assertThat(adapter.config()).isInstanceOfSatisfying(PeftConfig.Lora.class, lora -> {
                assertThat(lora.rank()).isEqualTo(4);
                assertThat(lora.base()).isEqualTo("acme/tiny");
                assertThat(lora.targets()).contains("q_proj", "down_proj").hasSize(7);
            });
            assertThat(adapter.loras()).hasSize(14);
        }
        JsonNode results = json("train_results.json");
        assertThat(results.path("steps").asInt()).isEqualTo(12);
        assertThat(results.path("num_input_tokens_seen").asLong()).isPositive();
        assertThat(results.path("peak_memory_bytes").asLong()).isPositive();
        assertThat(losses(folder)).hasSize(12);
        assertThat(TrainerLog.read(folder).getFirst().propertyNames())
                .contains("current_steps", "total_steps", "loss", "lr", "epoch", "percentage", "elapsed_time")
                .contains("remaining_time", "throughput", "total_tokens");
        assertThat(folder.resolve("training_loss.png")).isNotEmptyFile();
        assertThat(folder.resolve("README.md")).content().contains("rows.jsonl");
        assertThat(losses(folder).getLast()).isLessThan(losses(folder).getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "full", "partial", "ia3"})
    void stoppedAnywhereItGoesOnAsIfNothingHadHappened(String method) throws IOException {
        String settings = "\"method\": {\"type\": \"%s\"}".formatted(method);
        train(spec(settings), folder.resolve("whole"), false);
        Path broken = folder.resolve("broken");

        assertThat(trainUntil(spec(settings), broken, 2, false)).isEqualTo(new Run.Outcome.Interrupted(2));
        assertThat(trainUntil(spec(settings), broken, 7, true)).isEqualTo(new Run.Outcome.Interrupted(7));
        train(spec(settings), broken, true);

        assertThat(losses(broken)).isEqualTo(losses(folder.resolve("whole")));
        boolean beside = method.equals("lora") || method.equals("ia3");
        String trained = beside ? "adapter_model.safetensors" : "model.safetensors";
        assertThat(broken.resolve(trained))
                .hasSameBinaryContentAs(folder.resolve("whole").resolve(trained));
    }

    @Test
    void packingChangesHowSamplesLieAndNotWhatTheyCost() throws IOException {
        train(spec("\"data.packing\": true"), folder.resolve("packed"), false);
        train(spec("\"data.packing\": false"), folder.resolve("apart"), false);

        assertSame(losses(folder.resolve("packed")), losses(folder.resolve("apart")));
    }

    @Test
    void accumulationChangesNothingEvenInAShortLastWindow() throws IOException {
        // 22 samples in steps of 4: the last window of an epoch has 2.
        train(
                spec("\"batch\": {\"perDeviceTrainBatchSize\": 2, \"gradientAccumulationSteps\": 2}"),
                folder.resolve("a"),
                false);
        train(
                spec("\"batch\": {\"perDeviceTrainBatchSize\": 4, \"gradientAccumulationSteps\": 1}"),
                folder.resolve("b"),
                false);

        assertSame(losses(folder.resolve("a")), losses(folder.resolve("b")));
    }

    @Test
    void recomputingChangesNothing() throws IOException {
        train(spec("\"compute.gradientCheckpointing\": \"all\""), folder.resolve("a"), false);
        train(spec("\"compute.gradientCheckpointing\": \"none\""), folder.resolve("b"), false);

        assertSame(losses(folder.resolve("a")), losses(folder.resolve("b")));
    }

    @Test
    void theFrozenPrefixKeptOnDiskChangesNothing() {
        String partial = "\"method\": {\"type\": \"partial\", \"freezeTrainableLayers\": 1, \"cacheFrozenPrefix\": %s}";
        train(spec(partial.formatted(true)), folder.resolve("kept"), false);
        train(spec(partial.formatted(false)), folder.resolve("run"), false);

        assertSame(losses(folder.resolve("kept")), losses(folder.resolve("run")));
        assertThat(folder.resolve("kept/.work/prefix.bin")).doesNotExist();
    }

    @Test
    void answersHeldOutPromptsBeforeItLearnsAndAfterEachEvaluation() throws IOException {
        train(
                spec("\"data.valSize\": 4, \"evaluation\": {\"interval\": \"steps\", \"steps\": 6, \"samples\": 2}"),
                folder,
                false);

        List<String> lines = Files.readAllLines(folder.resolve("samples.jsonl"));
        assertThat(lines).hasSize(6);
        assertThat(JsonMapper.shared()
                        .readTree(lines.getFirst())
                        .path("expected")
                        .asString())
                .startsWith("one");
        List<RunEvent.Answered> answers = of(RunEvent.Answered.class);
        assertThat(answers).extracting(RunEvent.Answered::step).containsExactly(0, 0, 6, 6, 12, 12);
        assertThat(answers).extracting(RunEvent.Answered::prompt).allMatch(prompt -> !prompt.contains("<|im_"));
        assertThat(answers)
                .extracting(RunEvent.Answered::expected)
                .allMatch(row -> row != null && row.startsWith("one"));
    }

    @Test
    void answersAnybodysPromptsAtCheckpointsWhereNothingIsHeldOut() {
        train(spec("\"evaluation\": {\"prompts\": [\"What is it?\"], \"sampleTokens\": 4}"), folder, false);

        List<RunEvent.Answered> answers = of(RunEvent.Answered.class);
        assertThat(answers).extracting(RunEvent.Answered::step).containsExactly(0, 5, 10, 12);
        assertThat(answers).extracting(RunEvent.Answered::prompt).containsOnly("What is it?");
        assertThat(answers).extracting(RunEvent.Answered::expected).containsOnlyNulls();
    }

    @Test
    void evaluatesStopsEarlyAndRestoresTheBest() throws IOException {
        String settings = """
                "optimiser": {"learningRate": 0.5}, "data.valSize": 4, "schedule.maxSteps": 30,
                "evaluation": {"interval": "steps", "steps": 1, "earlyStoppingPatience": 3, "loadBestModelAtEnd": true,
                               "computeAccuracy": true}""";

        train(spec(settings), folder, false);

        List<RunEvent.Evaluated> evaluations = of(RunEvent.Evaluated.class);
        int best = evaluations.stream()
                .filter(RunEvent.Evaluated::best)
                .toList()
                .getLast()
                .step();
        assertThat(evaluations.getLast().step()).isEqualTo(best + 3);
        assertThat(json("train_results.json").path("stopped_early").asBoolean()).isTrue();
        assertThat(folder.resolve("adapter_model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("checkpoint-" + best + "/trained.safetensors"));
        assertThat(json("eval_results.json").path("eval_accuracy").isNumber()).isTrue();
    }

    @Test
    void whatTheUntouchedModelMakesOfHeldOutRowsIsToldFirstAndCountsForNothing() throws IOException {
        String settings = """
                "data.valSize": 4, "evaluation": {"interval": "steps", "steps": 6, "onStart": true}""";

        train(spec(settings), folder, false);

        List<RunEvent.Evaluated> evaluations = of(RunEvent.Evaluated.class);
        assertThat(evaluations).extracting(RunEvent.Evaluated::step).startsWith(0, 6);
        assertThat(evaluations.getFirst().best()).isFalse();
        assertThat(evaluations.get(1).best()).isTrue();
        assertThat(evaluations.getFirst().loss())
                .isGreaterThan(evaluations.get(1).loss());
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunAndSparesTheCheckpoints() throws IOException {
        CodedException e = catchThrowableOfType(
                CodedException.class,
                () -> train(
                        spec(
                                "\"optimiser\": {\"learningRate\": 1e30, \"maxGradNorm\": 0}, \"checkpoints\": {\"steps\": 1}"),
                        folder,
                        false));

        assertThat(e.code()).isEqualTo("loss_not_finite");
        assertThat(e.getMessage()).contains("step ", "rows.jsonl row ");
        assertThat(new Checkpoints(folder, 0).newestWhole(_ -> {})).isPresent();
    }

    @Test
    void writesACheckpointWhenAFileAsksForIt() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("checkpoint.request"), "");

        train(spec("\"checkpoints\": {\"interval\": \"no\"}"), folder, false);

        assertThat(of(RunEvent.Saved.class)).extracting(RunEvent.Saved::step).containsExactly(1);
        assertThat(folder.resolve("checkpoint.request")).doesNotExist();
    }

    @Test
    void goesOnFromTheOneBeforeADamagedCheckpoint() throws IOException {
        train(spec(""), folder.resolve("whole"), false);
        Path broken = folder.resolve("broken");
        trainUntil(spec(""), broken, 7, false);
        Files.writeString(broken.resolve("checkpoint-7/trained.safetensors"), "torn");

        train(spec(""), broken, true);

        assertThat(of(RunEvent.Notice.class)).anyMatch(notice -> notice.text().contains("checkpoint-7 is not used"));
        assertThat(losses(broken)).isEqualTo(losses(folder.resolve("whole")));
    }

    @Test
    void goesOnForLongerFromTheCheckpointOfARunThatEnded() throws IOException {
        train(spec(""), folder.resolve("first"), false);
        Path longer = folder.resolve("longer");
        Files.createDirectories(longer);
        Files.move(folder.resolve("first/checkpoint-12"), longer.resolve("checkpoint-12"));

        events.clear();
        train(spec("\"schedule.maxSteps\": 16"), longer, true);

        assertThat(of(RunEvent.Stepped.class))
                .extracting(RunEvent.Stepped::step)
                .containsExactly(13, 14, 15, 16);
        CodedException e =
                catchThrowableOfType(CodedException.class, () -> train(spec("\"schedule.maxSteps\": 8"), longer, true));
        assertThat(e.code()).isEqualTo("resume_beyond_end");
    }

    @Test
    void refusesToGoOnWithAnotherRun() throws IOException {
        trainUntil(spec(""), folder, 5, false);

        CodedException e = catchThrowableOfType(
                CodedException.class, () -> train(spec("\"optimiser\": {\"learningRate\": 0.001}"), folder, true));

        assertThat(e.code()).isEqualTo("resume_differs");
        assertThat(e.getMessage()).contains("optimiser.learningRate was 0.01 and is 0.001");
    }

    @Test
    void refusesToWriteOverAnotherRunUnlessAsked() throws IOException {
        trainUntil(spec(""), folder, 2, false);

        CodedException e = catchThrowableOfType(CodedException.class, () -> trainUntil(spec(""), folder, 2, false));
        assertThat(e.code()).isEqualTo("output_not_empty");

        trainUntil(spec("\"output.overwrite\": true"), folder, 2, false);
    }

    @Test
    void stretchesTheContextToTheCutoffAndSaysSo() throws IOException {
        train(
                spec("\"method\": {\"type\": \"full\"}, \"model.ropeScaling\": \"llama3\", \"data.cutoffLen\": 1100"),
                folder,
                false);

        JsonNode config = json("config.json");
        assertThat(config.path("max_position_embeddings").asInt()).isEqualTo(1536);
        assertThat(config.path("rope_scaling").path("rope_type").asString()).isEqualTo("llama3");
        assertThat(config.path("rope_scaling").path("factor").asDouble()).isEqualTo(3);
        assertThat(of(RunEvent.Notice.class)).anyMatch(notice -> notice.text().contains("from 512 to 1536"));
    }

    @Test
    void leavesAContextThatIsLongEnoughAsItIs() throws IOException {
        train(spec("\"method\": {\"type\": \"full\"}, \"model.ropeScaling\": \"linear\""), folder, false);

        assertThat(json("config.json").path("rope_scaling").isObject()).isFalse();
        assertThat(of(RunEvent.Notice.class)).anyMatch(notice -> notice.text().contains("is not applied"));
    }

    @Test
    void factorsAreAnAdapterOfPeftAndFoldIntoTheModel() throws IOException {
        train(spec("\"method\": {\"type\": \"ia3\"}, \"output.formats\": [\"trained\", \"merged\"]"), folder, false);

        try (PeftFolder written = PeftFolder.open(folder);
                HuggingFaceFolder merged = HuggingFaceFolder.open(folder.resolve("merged"))) {
            assertThat(written.config()).isInstanceOf(PeftConfig.Ia3.class);
            assertThat(written.factors()).containsKey("model.layers.0.mlp.down_proj");
            assertThat(merged.unused()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "full", "partial", "ia3"})
    void whatIsExportedAfterwardsIsWhatTheRunItselfWouldHaveWritten(String method) {
        ObjectNode spec = spec(
                "\"method\": {\"type\": \"%s\"}, \"output.formats\": [\"trained\", \"gguf_f32\"]".formatted(method));
        Path run = folder.resolve("run");
        train(spec, run, false);

        for (Path files : List.of(run, run.resolve("checkpoint-12"))) {
            Path output = folder.resolve("of").resolve(String.valueOf(files.getFileName()));
            Trained.open(RunSpecJson.bind(spec), files, output.resolve(".work")).export(output, OutputFormat.GGUF_F32);
            assertThat(output.resolve("model-f32.gguf")).hasSameBinaryContentAs(run.resolve("model-f32.gguf"));
        }
    }

    @Test
    void aModelMadeForAnEarlierRunIsMadeAgain() throws IOException {
        train(spec(""), folder.resolve("first"), false);
        String settings = """
                "model.adapter": "%s", "method": {"type": "lora", "rank": 2, "createNewAdapter": true},
                "output.overwrite": true""".formatted(folder.resolve("first"));
        Path second = folder.resolve("second");
        train(spec(settings), second, false);
        Files.writeString(second.resolve(".work/base/merged/config.json"), "of another model");

        train(spec(settings), second, false);

        assertThat(losses(second)).hasSize(12);
    }

    @Test
    void goesOnWithAnAdapter() throws IOException {
        train(spec(""), folder.resolve("first"), false);
        double end = losses(folder.resolve("first")).getLast();
        String adapter = "\"model.adapter\": \"%s\", \"method\": {\"type\": \"lora\", \"rank\": 32}"
                .formatted(folder.resolve("first"));

        train(spec(adapter), folder.resolve("second"), false);

        assertThat(losses(folder.resolve("second")).getFirst()).isLessThan(end + 0.5);
        try (PeftFolder written = PeftFolder.open(folder.resolve("second"))) {
            assertThat(((PeftConfig.Lora) written.config()).rank()).isEqualTo(4);
        }
    }

    @Test
    void predictsThePeakMemoryOfItsOwnKind() {
        List<String> lines = new DryRun(RunSpecJson.bind(spec("")), folder).report();

        assertThat(lines)
                .anyMatch(line -> line.startsWith("peak memory"))
                .anyMatch(line -> line.contains("12 steps"))
                .anyMatch(line -> line.contains("tokens/s"));
        assertThat(folder.resolve("trainer_log.jsonl")).doesNotExist();
    }

    /** A spec of the tiny model: 12 steps of 4 samples. Keys with a dot go into one of its objects. */
    private static ObjectNode spec(String settings) {
        ObjectNode spec = (ObjectNode)
                JsonMapper.shared().readTree("""
                        {"model": {"path": "%s"},
                         "method": {"type": "lora", "rank": 4},
                         "data": {"train": [{"path": "%s"}], "template": "chatml", "cutoffLen": 128},
                         "optimiser": {"learningRate": 0.01},
                         "schedule": {"maxSteps": 12},
                         "batch": {"perDeviceTrainBatchSize": 2, "gradientAccumulationSteps": 2},
                         "compute": {"device": "cpu", "precision": "fp32", "threads": 1},
                         "checkpoints": {"steps": 5}, "output": {"loggingSteps": 1}}
                        """.formatted(shared.resolve("model"), shared.resolve("rows.jsonl")));
        JsonMapper.shared().readTree("{" + settings + "}").properties().forEach(entry -> {
            String[] path = entry.getKey().split("\\.", 2);
            if (path.length == 1) {
                spec.set(path[0], entry.getValue());
            } else {
                spec.withObjectProperty(path[0]).set(path[1], entry.getValue());
            }
        });
        return spec;
    }

    private void train(ObjectNode spec, Path output, boolean resume) {
        Run.Outcome outcome = run(spec, output, resume, new Control(output), _ -> {});
        assertThat(outcome).isInstanceOf(Run.Outcome.Trained.class);
    }

    private Run.Outcome trainUntil(ObjectNode spec, Path output, int step, boolean resume) {
        Control control = new Control(output);
        return run(spec, output, resume, control, event -> {
            if (event instanceof RunEvent.Stepped stepped && stepped.step() == step) {
                control.requestStop();
            }
        });
    }

    private Run.Outcome run(
            ObjectNode spec, Path output, boolean resume, Control control, Consumer<RunEvent> listener) {
        Consumer<RunEvent> all = listener.andThen(events::add);
        return new Run(RunSpecJson.bind(spec), output, resume, control, all).execute();
    }

    private <E> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private JsonNode json(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve(name)));
    }

    private static List<Double> losses(Path output) {
        return TrainerLog.read(output).stream()
                .filter(line -> line.has("loss"))
                .map(line -> line.path("loss").asDouble())
                .toList();
    }

    private static void assertSame(List<Double> actual, List<Double> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).isCloseTo(expected.get(i), within(2e-4));
        }
    }
}
