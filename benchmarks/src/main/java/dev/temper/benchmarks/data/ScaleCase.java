package dev.temper.benchmarks.data;

import dev.temper.benchmarks.Checkout;
import dev.temper.benchmarks.Report;
import dev.temper.web.launch.PlatformProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** How long a platform with one large version takes to answer. */
final class ScaleCase {
    private static final int RUNS = 5;

    private final MadeRows made;
    private final int rows;

    ScaleCase(MadeRows made, int rows) {
        this.made = made;
        this.rows = rows;
    }

    Report measure() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("temper-bench");
        try (var platform = PlatformProcess.up(Checkout.command(), folder.resolve("data"), "--port", "0");
                Client client = new Client(platform)) {
            Path file = folder.resolve("rows.json");
            made.into(file, rows, Long.MAX_VALUE);
            JsonNode done = client.bring(file);
            Files.delete(file);
            String version =
                    "/api/v1/dataset-versions/" + done.path("resultVersion").stringValue();
            var report = Report.of("data scale").under("rows", rows);
            time(report, client, "list of datasets", "/api/v1/datasets");
            time(report, client, "first rows", version + "/rows?limit=20");
            time(report, client, "rows from the middle", version + "/rows?limit=20&from=" + rows / 2);
            time(report, client, "last rows", version + "/rows?limit=20&from=" + (rows - 20));
            time(report, client, "full-text search, rare words", version + "/rows?limit=20&q=no-such-words-anywhere");
            time(report, client, "filter by kind", version + "/rows?limit=20&kind=PREFERENCE");
            time(report, client, "longest rows", version + "/rows?limit=20&order=LONGEST");
            time(report, client, "preview as the model sees it", version + "/preview?limit=20&model=temper-mini");
            platform.stop();
            return report.build();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void time(Report.Builder report, Client client, String what, String path)
            throws IOException, InterruptedException {
        double[] millis = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            client.get(path);
            millis[run] = (System.nanoTime() - start) / 1e6;
        }
        double first = millis[0];
        Arrays.sort(millis);
        report.figure(what + ", first", first, "ms").figure(what + ", median", millis[RUNS / 2], "ms");
    }
}
