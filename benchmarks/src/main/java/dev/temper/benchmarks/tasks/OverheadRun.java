package dev.temper.benchmarks.tasks;

import dev.temper.benchmarks.Checkout;
import dev.temper.benchmarks.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same training by the command alone and as a task, with platform, database and worker on the same machine. */
final class OverheadRun {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");
    private static final String LOG = "trainer_log.jsonl";

    private final Path folder;
    private final int steps;
    private final int threads;

    /** @param threads of the training; with fewer than the machine has cores, the platform takes none from it */
    OverheadRun(Path folder, int steps, int threads) {
        this.folder = folder;
        this.steps = steps;
        this.threads = threads;
    }

    /** How long the steps took together and one of them, as the run itself wrote it down. */
    private record Taken(double seconds, double median) {
        static Taken of(String log) {
            double[] ends = log.lines()
                    .map(JSON::readTree)
                    .filter(line -> line.has("throughput"))
                    .mapToDouble(line -> line.path("total_tokens").asDouble()
                            / line.path("throughput").asDouble())
                    .toArray();
            double[] each = new double[ends.length - 1];
            for (int i = 0; i < each.length; i++) {
                each[i] = ends[i + 1] - ends[i];
            }
            Arrays.sort(each);
            return new Taken(ends[ends.length - 1] - ends[0], each[each.length / 2]);
        }
    }

    /** In turn and back again, so that a machine that grows slower does so for both. */
    void measure(Report.Builder report) throws IOException, InterruptedException {
        List<Taken> alone = new ArrayList<>();
        List<Taken> asTask = new ArrayList<>();
        Path spec;
        try (var place = Place.withWorker(folder.resolve("platform"))) {
            place.waitForSamples();
            spec = written(place, train(place, 20));
        }
        alone.add(alone(spec, "first"));
        try (var place = Place.withWorker(folder.resolve("platform"))) {
            Duration before = place.cpu();
            long begin = System.nanoTime();
            for (int i = 0; i < 2; i++) {
                asTask.add(Taken.of(log(place, train(place, steps))));
            }
            report.figure(
                            "CPU of the platform's process while two tasks ran",
                            place.cpu().minus(before).toMillis() / 1e3,
                            "s")
                    .figure("both tasks, from their submission to their end", (System.nanoTime() - begin) / 1e9, "s");
        }
        alone.add(alone(spec, "last"));
        report.under("steps", steps).under("threads", threads);
        tell(report, "alone", alone);
        tell(report, "as a task", asTask);
        report.figure("all steps, longer as a task", 100 * (seconds(asTask) / seconds(alone) - 1), "%")
                .figure("a step, longer as a task", 100 * (median(asTask) / median(alone) - 1), "%");
    }

    private static void tell(Report.Builder report, String how, List<Taken> runs) {
        for (Taken run : runs) {
            report.figure(how + ", all steps", run.seconds(), "s")
                    .figure(how + ", a step, median", 1e3 * run.median(), "ms");
        }
    }

    private static double seconds(List<Taken> runs) {
        return runs.stream().mapToDouble(Taken::seconds).average().orElseThrow();
    }

    private static double median(List<Taken> runs) {
        return runs.stream().mapToDouble(Taken::median).average().orElseThrow();
    }

    private JsonNode train(Place place, int length) throws IOException, InterruptedException {
        JsonNode task = place.task("""
                {"method": {"type": "lora", "rank": 8}, "data": {"cutoffLen": 256, "shuffle": false},
                 "optimiser": {"learningRate": 0.001}, "schedule": {"maxSteps": %d},
                 "batch": {"perDeviceTrainBatchSize": 8, "gradientAccumulationSteps": 1},
                 "compute": {"threads": %d}, "evaluation": {"samples": 0}, "checkpoints": {"interval": "no"},
                 "output": {"loggingSteps": 1, "plotLoss": false}}
                """.formatted(length, threads));
        String job = task.path("job").path("id").stringValue();
        String state = "";
        while (!ENDED.contains(state)) {
            Thread.sleep(1_000);
            state = place.rest("/api/v1/jobs/" + job).path("state").stringValue();
        }
        if (!state.equals("SUCCEEDED")) {
            throw new IOException("The training ended so: " + place.rest("/api/v1/jobs/" + job));
        }
        return task;
    }

    private static String log(Place place, JsonNode task) throws IOException, InterruptedException {
        return place.file("/api/v1/tasks/%s/output?path=output/%s"
                .formatted(task.path("id").stringValue(), LOG));
    }

    /** What a task trains, as a spec for the command: the same rows, the same model. */
    private Path written(Place place, JsonNode task) throws IOException, InterruptedException {
        ObjectNode spec = (ObjectNode) place.rest(
                "/api/v1/jobs/%s/spec".formatted(task.path("job").path("id").stringValue()));
        String version = task.path("data").path(0).path("version").stringValue();
        Path rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, place.file("/api/v1/dataset-versions/%s/export?format=canonical".formatted(version)));
        spec.withObject("/model")
                .put("path", Checkout.root().resolve("models/temper-mini").toString());
        ((ObjectNode) spec.path("data").path("train").path(0)).put("path", rows.toString());
        spec.withObject("/schedule").put("maxSteps", steps);
        return Files.writeString(folder.resolve("spec.json"), spec.toString());
    }

    private Taken alone(Path spec, String name) throws IOException, InterruptedException {
        Path out = folder.resolve("out-" + name);
        List<String> line = new ArrayList<>(Checkout.command());
        line.addAll(List.of("train", spec.toString(), "--out", out.toString()));
        Path told = folder.resolve(name + ".log");
        int code = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("The training ended with %d; see %s".formatted(code, told));
        }
        return Taken.of(Files.readString(out.resolve(LOG)));
    }
}
