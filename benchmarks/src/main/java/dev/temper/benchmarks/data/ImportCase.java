package dev.temper.benchmarks.data;

import dev.temper.benchmarks.Checkout;
import dev.temper.benchmarks.Report;
import dev.temper.web.launch.PlatformProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An alpaca file to a finished version, and its tokens counted, by a platform whose heap is small; and a peer's way. */
final class ImportCase {
    /** What the platform's Java gets, whatever the size of the file. */
    private static final String HEAP = "-Xmx256m";

    private static final String COUNT = "/token-counts?model=temper-mini&template=chatml&cutoff=512";
    private static final int WARM_MEGABYTES = 12;

    private final MadeRows made;
    private final int megabytes;
    private final @Nullable Path python;
    private final @Nullable Path script;

    ImportCase(MadeRows made, int megabytes, @Nullable Path python, @Nullable Path script) {
        this.made = made;
        this.megabytes = megabytes;
        this.python = python;
        this.script = script;
    }

    Report measure() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("temper-bench");
        try {
            Path file = folder.resolve("rows.json");
            int rows = made.into(file, Integer.MAX_VALUE, (long) megabytes << 20);
            var report = Report.of("data import")
                    .under("rows", rows)
                    .under("megabytes", Files.size(file) >> 20)
                    .under("heap", HEAP);
            double theirs = python == null || script == null ? 0 : peer(folder, file, python, script);
            own(folder, file, rows, theirs, report);
            return report.build();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void own(Path folder, Path file, int rows, double theirs, Report.Builder report)
            throws IOException, InterruptedException {
        Path warm = folder.resolve("warm.json");
        made.into(warm, Integer.MAX_VALUE, (long) WARM_MEGABYTES << 20);
        Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", HEAP);
        try (var platform =
                        PlatformProcess.start(Checkout.command(), folder.resolve("data"), environment, "--port", "0");
                Client client = new Client(platform)) {
            counted(client, client.bring(warm));
            JsonNode done = client.bring(file);
            double version = seconds(done);
            double tokens = counted(client, done);
            report.figure("to a version", rows / version, "rows/s")
                    .figure("to a version with tokens counted", rows / (version + tokens), "rows/s")
                    .figure("to a version", version, "s")
                    .figure("counting tokens", tokens, "s");
            if (theirs > 0) {
                report.figure("LLaMA-Factory, two workers", rows / theirs, "rows/s")
                        .figure("times as fast, without tokens", theirs / version, "x")
                        .figure("times as fast, with tokens", theirs / (version + tokens), "x");
            }
            platform.stop();
        }
    }

    private static double seconds(JsonNode run) {
        Instant from = Instant.parse(run.path("startedAt").stringValue());
        Instant to = Instant.parse(run.path("finishedAt").stringValue());
        return Duration.between(from, to).toMillis() / 1e3;
    }

    private static double counted(Client client, JsonNode run) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String version = "/api/v1/dataset-versions/" + run.path("resultVersion").stringValue();
        JsonNode count = client.until(
                version + COUNT, answer -> !answer.path("state").stringValue().equals("COUNTING"));
        if (!count.path("state").stringValue().equals("DONE")) {
            throw new IOException("the tokens were not counted: " + count);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** The peer's own seconds, without its start. */
    private static double peer(Path folder, Path file, Path python, Path script)
            throws IOException, InterruptedException {
        Path out = folder.resolve("peer.jsonl");
        String model = Checkout.root().resolve("models/temper-mini").toString();
        List<String> command = List.of(
                python.toAbsolutePath().toString(),
                script.toAbsolutePath().toString(),
                model,
                file.toString(),
                out.toString(),
                "lf",
                "2");
        Path log = folder.resolve("peer.log");
        int code = new ProcessBuilder(command)
                .directory(Objects.requireNonNull(script.toAbsolutePath().getParent())
                        .toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("the peer ended with " + code + ": " + Files.readString(log));
        }
        return JsonMapper.shared()
                .readTree(Files.readAllLines(out).getLast())
                .path("seconds")
                .doubleValue();
    }
}
