package dev.temper.benchmarks;

import dev.temper.web.launch.PlatformProcess;
import dev.temper.web.launch.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What each page weighs on its way to a browser, and how long the server takes for it. */
@Command(name = "pages", description = "Weights of the pages, compressed, with and without their files; time of each.")
public final class PagesBenchmark implements Benchmark {
    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"(/[^\"#?]*)\"");
    private static final Pattern FILE = Pattern.compile("<(?:script|link|img) [^>]*(?:src|href)=\"(/[^\"]+)\"");

    @Option(
            names = "--runs",
            description = "How often to ask for each page (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int runs;

    @Override
    public Report call() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("temper-bench");
        try (var platform = PlatformProcess.up(Checkout.command(), data, "--port", "0");
                var visitor = new Visitor(platform.url())) {
            var report = Report.of("pages").under("requests a page", runs);
            measure(report, visitor, "/login");
            JsonNode login = platform.firstLogin();
            String home = visitor.signIn(
                            login.get("email").stringValue(),
                            login.get("password").stringValue())
                    .headers()
                    .firstValue("Location")
                    .orElse("/")
                    .replace(platform.url(), "");
            for (String page : linked(visitor, home)) {
                measure(report, visitor, page);
            }
            platform.stop();
            return report.build();
        } finally {
            FileSystemUtils.deleteRecursively(data);
        }
    }

    /** The home page and what its navigation leads to. */
    private static SortedSet<String> linked(Visitor visitor, String home) throws IOException, InterruptedException {
        String start = home;
        HttpResponse<String> page = visitor.get(start);
        while (page.statusCode() / 100 == 3) {
            start = page.headers().firstValue("Location").orElseThrow();
            start = start.substring(start.indexOf('/', start.contains("://") ? start.indexOf("://") + 3 : 0));
            page = visitor.get(start);
        }
        SortedSet<String> pages = new TreeSet<>();
        pages.add(start);
        Matcher link = LINK.matcher(page.body());
        while (link.find()) {
            pages.add(link.group(1));
        }
        return pages;
    }

    private void measure(Report.Builder report, Visitor visitor, String page) throws IOException, InterruptedException {
        HttpResponse<String> html = visitor.get(page);
        if (html.statusCode() != 200
                || !html.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
            return;
        }
        long files = 0;
        Matcher file = FILE.matcher(html.body());
        while (file.find()) {
            files += visitor.download(file.group(1)).body().length;
        }
        int alone = visitor.download(page).body().length;
        report.figure(page + "  page", alone / 1024.0, "KB")
                .figure(page + "  with its files", (alone + files) / 1024.0, "KB")
                .figure(page + "  median time", medianMillis(visitor, page), "ms");
    }

    private double medianMillis(Visitor visitor, String page) throws IOException, InterruptedException {
        double[] times = new double[runs];
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            visitor.download(page);
            times[run] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return times[runs / 2];
    }
}
