package dev.temper.benchmarks;

import dev.temper.web.launch.PlatformProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a person waits for the first page: on an empty folder, and after a stop. */
@Command(name = "start", description = "Times from the command to the first answered page: first start and restarts.")
public final class StartBenchmark implements Benchmark {
    @Option(names = "--runs", description = "How often to measure (default: ${DEFAULT-VALUE}).", defaultValue = "3")
    private int runs;

    @Override
    public Report call() throws IOException, InterruptedException {
        var report = Report.of("start").under("runs", runs);
        double[] first = new double[runs];
        double[] again = new double[runs];
        for (int run = 0; run < runs; run++) {
            Path data = Files.createTempDirectory("temper-bench");
            try {
                first[run] = secondsToFirstPage(data);
                again[run] = secondsToFirstPage(data);
            } finally {
                FileSystemUtils.deleteRecursively(data);
            }
        }
        return report.figure("first start, median", median(first), "s")
                .figure("first start, slowest", Arrays.stream(first).max().orElseThrow(), "s")
                .figure("restart, median", median(again), "s")
                .figure("restart, slowest", Arrays.stream(again).max().orElseThrow(), "s")
                .build();
    }

    private static double secondsToFirstPage(Path data) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (var platform = PlatformProcess.up(Checkout.command(), data, "--port", "0");
                HttpClient browser = HttpClient.newHttpClient()) {
            var login = HttpRequest.newBuilder(URI.create(platform.url() + "/login"))
                    .build();
            int status = browser.send(login, BodyHandlers.ofByteArray()).statusCode();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (status != 200) {
                throw new IOException("the login page answered " + status);
            }
            platform.stop();
            return seconds;
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
