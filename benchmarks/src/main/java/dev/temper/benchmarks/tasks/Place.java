package dev.temper.benchmarks.tasks;

import dev.temper.benchmarks.Checkout;
import dev.temper.benchmarks.RealDatabase;
import dev.temper.web.launch.PlatformProcess;
import dev.temper.web.launch.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform as a process of its own, and the owner of its first tenant, signed in and with a key. */
final class Place implements AutoCloseable {
    /** What a task is asked for that all others are likenesses of. */
    private static final String SETTINGS = """
            {"method": {"type": "lora", "rank": 8}, "data": {"valSize": 0.1, "cutoffLen": 256},
             "optimiser": {"learningRate": 0.0001}, "schedule": {"numTrainEpochs": 3}}
            """;

    /** Part of the name of the sample data that suits it; of others it would be refused. */
    private static final String DATASET = "Customer";

    private static final Set<String> UNDER_WAY = Set.of("QUEUED", "RUNNING");

    private final PlatformProcess platform;
    private final Visitor visitor;
    private final String key;

    private Place(PlatformProcess platform) throws IOException, InterruptedException {
        this.platform = platform;
        this.visitor = new Visitor(platform.url());
        JsonNode login = platform.firstLogin();
        this.key = login.path("apiKey").stringValue();
        visitor.signIn(login.path("email").stringValue(), login.path("password").stringValue());
    }

    /** On a database of the benchmark's, without a worker. */
    static Place on(RealDatabase database, Path data) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--no-worker", "--port", "0"));
        // One reader asks here as often as a crowd would.
        Stream.concat(
                        database.settings().stream(),
                        Stream.of("per-address", "per-key", "per-session")
                                .map(limit -> "temper.rate-limit.%s=1000000000".formatted(limit)))
                .forEach(setting -> options.addAll(List.of("--set", setting)));
        return started(data, options);
    }

    /** As a person starts it who has nothing else. */
    static Place withWorker(Path data) throws IOException, InterruptedException {
        return started(data, List.of("--port", "0"));
    }

    private static Place started(Path data, List<String> options) throws IOException, InterruptedException {
        PlatformProcess platform = PlatformProcess.up(Checkout.command(), data, options.toArray(String[]::new));
        try {
            platform.url();
            return new Place(platform);
        } catch (IllegalStateException | IOException e) {
            platform.close();
            throw e;
        }
    }

    Stock filled(Connection connection, int tasks, long points, long longest)
            throws IOException, InterruptedException, SQLException {
        Stock stock = new Stock(connection, tasks, points, longest);
        if (!stock.there()) {
            waitForSamples();
            stock.fill(task(SETTINGS).path("id").stringValue());
        }
        return stock;
    }

    /** What the first start brings along is read while it answers already. */
    void waitForSamples() throws IOException, InterruptedException {
        while (rest("/api/v1/imports")
                        .path("items")
                        .valueStream()
                        .anyMatch(one -> UNDER_WAY.contains(one.path("state").stringValue()))
                || rest("/api/v1/base-models")
                        .path("items")
                        .valueStream()
                        .noneMatch(one -> one.path("state").stringValue().equals("READY"))) {
            Thread.sleep(200);
        }
    }

    /** What the platform's own process has computed; not its database, its worker or its runs. */
    Duration cpu() {
        return platform.cpu();
    }

    /** Puts one into the queue. */
    JsonNode task(String settings) throws IOException, InterruptedException {
        String dataset = rest("/api/v1/datasets?limit=1&q=" + DATASET)
                .path("items")
                .path(0)
                .path("id")
                .stringValue();
        String version = rest("/api/v1/datasets/" + dataset + "/versions")
                .path("items")
                .path(0)
                .path("id")
                .stringValue();
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "name",
                        "The first of many",
                        "model",
                        "temper-mini",
                        "data",
                        List.of(Map.of("version", version)),
                        "settings",
                        JsonMapper.shared().readTree(settings)));
        HttpResponse<String> answer =
                visitor.post("/api/v1/tasks", key, body, "benchmark-" + System.currentTimeMillis());
        return read("POST /api/v1/tasks", answer);
    }

    void cancel(UUID job) throws IOException, InterruptedException {
        read("cancel", visitor.post("/api/v1/jobs/" + job + "/cancel", key, "", "benchmark-" + job));
    }

    JsonNode rest(String path) throws IOException, InterruptedException {
        return read(path, visitor.get(path, key));
    }

    /** A file's content. */
    String file(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = visitor.get(path, key);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** The bytes as they travel to a browser. */
    byte[] page(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = visitor.download(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** Lines of a stream, as they come. */
    Stream<String> listen(String path) throws IOException, InterruptedException {
        return visitor.listen(path).body();
    }

    ScriptedWorker worker(Stock stock) throws IOException, InterruptedException, SQLException {
        return new ScriptedWorker(platform.url(), stock.token());
    }

    String text(String path) throws IOException, InterruptedException {
        return visitor.get(path).body();
    }

    private static JsonNode read(String what, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(what + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        visitor.close();
        platform.close();
    }
}
