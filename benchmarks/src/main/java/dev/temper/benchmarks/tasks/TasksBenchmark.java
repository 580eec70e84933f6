package dev.temper.benchmarks.tasks;

import dev.temper.benchmarks.Benchmark;
import dev.temper.benchmarks.RealDatabase;
import dev.temper.benchmarks.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Pages and answers of a platform with many tasks and long curves. */
@Command(name = "tasks", description = "Pages, REST and live charts with ten thousand tasks and millions of points.")
public final class TasksBenchmark implements Benchmark {
    @Option(names = "--tasks", description = "How many (default: ${DEFAULT-VALUE}).", defaultValue = "10000")
    private int tasks;

    @Option(
            names = "--points",
            description = "Of all their curves together (default: ${DEFAULT-VALUE}).",
            defaultValue = "5000000")
    private long points;

    @Option(
            names = "--longest",
            description = "How many of them one task has (default: ${DEFAULT-VALUE}).",
            defaultValue = "100000")
    private long longest;

    @Option(
            names = "--requests",
            description = "How often to ask for each page (default: ${DEFAULT-VALUE}).",
            defaultValue = "60")
    private int requests;

    @Option(names = "--keep", paramLabel = "DIR", description = "Fill a database there, or take the one left there.")
    private @Nullable Path keep;

    @Option(names = "--live", description = "Follow a run of fifty steps a second instead, behind its longest points.")
    private boolean live;

    @Option(
            names = "--seconds",
            description = "How long to follow it (default: ${DEFAULT-VALUE}).",
            defaultValue = "60")
    private int seconds;

    @Option(names = "--overhead", description = "Train alone and as a task instead, and compare.")
    private boolean overhead;

    @Option(
            names = "--steps",
            description = "How many steps of that training (default: ${DEFAULT-VALUE}).",
            defaultValue = "400")
    private int steps;

    @Option(
            names = "--threads",
            description = "On how many threads it computes (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private int threads;

    @Override
    public Report call() throws IOException, InterruptedException, SQLException {
        Path folder = keep == null ? Files.createTempDirectory("temper-bench-tasks") : Files.createDirectories(keep);
        var report = Report.of("tasks");
        try {
            if (overhead) {
                new OverheadRun(folder, steps, threads).measure(report);
            } else {
                ask(folder, report);
            }
            return report.build();
        } finally {
            if (keep == null) {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }

    private void ask(Path folder, Report.Builder report) throws IOException, InterruptedException, SQLException {
        report.under("tasks", tasks).under("points", points).under("longest", longest);
        try (var database = new RealDatabase(folder.resolve("postgres"));
                var connection = database.superuser();
                var place = Place.on(database, folder.resolve("platform"))) {
            Stock stock = place.filled(connection, tasks, points, longest);
            if (live) {
                new LiveRun(place, stock, seconds, longest).measure(report);
            } else {
                new PageTimes(place, stock, requests).measure(report);
            }
        }
    }
}
