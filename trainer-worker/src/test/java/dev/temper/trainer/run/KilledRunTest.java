package dev.temper.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.trainer.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Real processes, killed without warning. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledRunTest {
    private static final int STEPS = 60;

    @TempDir
    private Path folder;

    private Path spec = Path.of("");

    @BeforeEach
    void makeRun() throws IOException {
        TinyModel.write(folder.resolve("model"));
        Files.write(
                folder.resolve("rows.jsonl"),
                IntStream.range(0, 40)
                        .mapToObj(i -> "{\"instruction\": \"Say %d\", \"output\": \"%s\"}"
                                .formatted(i, "yes ".repeat(1 + i % 9)))
                        .toList());
        spec = Files.writeString(folder.resolve("spec.json"), """
                {"model": {"path": "%s"},
                 "method": {"type": "lora", "rank": 4, "dropout": 0.1},
                 "data": {"train": [{"path": "%s"}], "template": "chatml", "cutoffLen": 128},
                 "optimiser": {"learningRate": 0.01},
                 "schedule": {"maxSteps": %d},
                 "batch": {"perDeviceTrainBatchSize": 2, "gradientAccumulationSteps": 2},
                 "compute": {"device": "cpu", "precision": "fp32", "threads": 1},
                 "checkpoints": {"steps": 3, "keep": 3}, "output": {"loggingSteps": 1}}
                """.formatted(
                        folder.resolve("model"), folder.resolve("rows.jsonl"), STEPS));
    }

    @Test
    void killedAtRandomMomentsItGoesOnToTheLastBit() throws Exception {
        assertThat(start(folder.resolve("whole")).waitFor()).isZero();
        Path killed = folder.resolve("killed");
        Random random = new Random(7);
        List<Integer> reached = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            Process process = start(killed, "--resume");
            awaitStep(process, killed, (i + 1) * STEPS / 5);
            // Somewhere within a step, an optimiser's update, or the writing of a checkpoint.
            process.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            reached.add(lastStep(killed));
        }
        assertThat(start(killed, "--resume").waitFor()).isZero();

        assertThat(reached).allSatisfy(step -> assertThat(step).isLessThan(STEPS));
        assertThat(losses(killed)).hasSize(STEPS).isEqualTo(losses(folder.resolve("whole")));
        assertThat(killed.resolve("adapter_model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/adapter_model.safetensors"));
    }

    @Test
    void toldToEndItSavesFirst() throws Exception {
        Path output = folder.resolve("told");
        Process process = start(output);
        awaitStep(process, output, 4);

        process.destroy();

        assertThat(process.waitFor()).isEqualTo(143);
        int saved = Integer.parseInt(
                Files.readString(output.resolve("latest")).strip().replace("checkpoint-", ""));
        assertThat(saved).isEqualTo(lastStep(output)).isLessThan(STEPS);
    }

    @Test
    void askedByASignalItSavesAndGoesOn() throws Exception {
        Files.writeString(spec, Files.readString(spec).replace("\"steps\": 3", "\"interval\": \"no\""));
        Path output = folder.resolve("asked");
        Process process = start(output);
        awaitStep(process, output, 4);

        new ProcessBuilder("kill", "-USR1", String.valueOf(process.pid()))
                .start()
                .waitFor();

        assertThat(process.waitFor()).isZero();
        assertThat(lastStep(output)).isEqualTo(STEPS);
        try (Stream<Path> files = Files.list(output)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("checkpoint-")))
                    .singleElement()
                    .asString()
                    .matches("checkpoint-\\d+");
        }
    }

    private Process start(Path output, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.temper.trainer.app.Main",
                "train",
                spec.toString(),
                "--out",
                output.toString()));
        command.addAll(List.of(more));
        Path log = folder.resolve("log-" + System.nanoTime());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Waits for what the process itself writes; nothing here depends on how long that takes. */
    private static void awaitStep(Process process, Path output, int step) throws InterruptedException {
        while (lastStep(output) < step) {
            assertThat(process.waitFor(5, TimeUnit.MILLISECONDS))
                    .as("the run ended before step " + step)
                    .isFalse();
        }
    }

    private static int lastStep(Path output) {
        List<JsonNode> log = TrainerLog.read(output);
        return log.isEmpty() ? 0 : log.getLast().path("current_steps").asInt();
    }

    private static List<Double> losses(Path output) {
        return TrainerLog.read(output).stream()
                .map(line -> line.path("loss").asDouble())
                .toList();
    }
}
