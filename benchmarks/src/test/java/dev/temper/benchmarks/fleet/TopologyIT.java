package dev.temper.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.temper.benchmarks.RealDatabase;
import dev.temper.web.launch.PackagedApplication;
import dev.temper.web.launch.PlatformProcess;
import dev.temper.web.launch.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code docker-compose.yml} starts, as processes: two replicas on one database and one blob store, a proxy before
 * them, two workers. One replica is killed while jobs run and a file comes in; people and programs notice nothing.
 */
class TopologyIT {
    private static final int JOBS = 4;
    private static final int ROWS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void allGoesOnAtTheOtherReplica() throws IOException, InterruptedException, SQLException {
        try (var database = new RealDatabase();
                var one = replica(database, "replica-1");
                var other = replica(database, "replica-2")) {
            List<URI> replicas = List.of(URI.create(one.url()), URI.create(other.url()));
            JsonNode login = login();
            try (var proxy = RoundRobin.before(replicas);
                    var admin = Face.signedIn(
                            List.of(proxy.address()),
                            login.path("adminEmail").asString(),
                            login.path("adminPassword").asString());
                    var first = worker(proxy, admin, "worker-1");
                    var second = worker(proxy, admin, "worker-2");
                    var person = new Visitor(proxy.address().toString())) {
                person.signIn(
                        login.path("email").asString(), login.path("password").asString());
                var story = new Story(person, login.path("apiKey").asString());
                story.isAtHome();
                story.comesIn(story.bring(1));
                List<String> jobs = story.submit();
                story.run(jobs);
                assertThat(replicas)
                        .allSatisfy(
                                replica -> assertThat(proxy.answered(replica)).isPositive());

                String coming = story.bring(2);
                one.kill();

                story.isAtHome();
                story.end(jobs);
                story.comesIn(coming);
                story.end(story.submit());
                story.theLogIsWhole();
                assertThat(Stream.of(first, second)).allMatch(SimulatedWorker::lives);
            }
        }
    }

    private PlatformProcess replica(RealDatabase database, String name) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--no-worker", "--port", "0"));
        Stream.concat(
                        database.settings().stream(),
                        Stream.of("temper.blobs.folder=" + Files.createDirectories(folder.resolve("blobs"))))
                .forEach(setting -> options.addAll(List.of("--set", setting)));
        return PlatformProcess.start(
                PackagedApplication.command(),
                folder.resolve(name),
                Map.of("SERVER_FORWARDHEADERSSTRATEGY", "native"),
                options.toArray(String[]::new));
    }

    /** Both were started at once; one of them made the first accounts. */
    private JsonNode login() throws IOException {
        List<Path> written = Stream.of("replica-1", "replica-2")
                .map(name -> folder.resolve(name).resolve("first-login.json"))
                .filter(Files::exists)
                .toList();
        assertThat(written).hasSize(1);
        return JsonMapper.shared().readTree(Files.readString(written.getFirst()));
    }

    private SimulatedWorker worker(RoundRobin proxy, Face admin, String name) throws IOException, InterruptedException {
        String token = admin.send("POST", "/api/v1/enrolment-tokens", "{}")
                .path("secret")
                .asString();
        return SimulatedWorker.start(proxy.address(), token, folder.resolve(name), name);
    }

    /** What somebody does by the proxy, with a browser's session and with a key. */
    private record Story(Visitor person, String key) {
        /** The session is known to whichever replica is asked. */
        void isAtHome() {
            for (int i = 0; i < 4; i++) {
                HttpResponse<String> home = until(() -> person.get("/t/demo"), answer -> answer.statusCode() != 502);
                assertThat(home.statusCode()).isEqualTo(200);
                assertThat(home.body()).contains("/t/demo/datasets");
            }
        }

        /** Brings a file in; returns where its import is looked at. */
        String bring(int number) {
            byte[] rows = IntStream.range(0, ROWS)
                    .mapToObj("{\"instruction\":\"Question %d\",\"output\":\"Answer\"}"::formatted)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
            JsonNode upload = post("/api/v1/uploads", "{\"name\":\"rows.jsonl\",\"size\":%d}".formatted(rows.length));
            String id = upload.path("id").asString();
            until(
                    () -> person.put("/api/v1/uploads/" + id + "/parts/0", key, rows),
                    answer -> answer.statusCode() == 204);
            return "/api/v1/imports/"
                    + post("/api/v1/datasets", "{\"upload\":\"%s\",\"name\":\"Rows %d\"}".formatted(id, number))
                            .path("id")
                            .asString();
        }

        void comesIn(String imported) {
            JsonNode done = until(imported, now -> now.path("state").asString().equals("SUCCEEDED"));
            assertThat(done.path("rowsKept").asInt()).isEqualTo(ROWS);
        }

        List<String> submit() {
            return IntStream.range(0, JOBS)
                    .mapToObj(i -> post("/api/v1/jobs", """
                                    {"name": "Job %d", "kind": "simulated", "estimateSeconds": 10,
                                     "spec": {"steps": 60, "stepMillis": 50, "checkpointEvery": 20}}
                                    """.formatted(i)))
                    .map(job -> "/api/v1/jobs/" + job.path("id").asString())
                    .toList();
        }

        void run(List<String> jobs) {
            until(jobs.getFirst(), now -> now.path("state").asString().equals("RUNNING"));
        }

        /** At the first attempt: what a replica was told before its end, the other knows. */
        void end(List<String> jobs) {
            for (String job : jobs) {
                JsonNode done = until(job, now -> !now.path("endedAt").isNull());
                assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("SUCCEEDED");
                assertThat(done.path("attempt").asInt()).isOne();
            }
        }

        void theLogIsWhole() {
            assertThat(until("/api/v1/audit-events/verification", _ -> true)
                            .path("intact")
                            .asBoolean())
                    .isTrue();
        }

        /** Sent again under the same key until it is answered, as a program does that cannot know whether it was done. */
        private JsonNode post(String path, String json) {
            String once = UUID.randomUUID().toString();
            HttpResponse<String> answer =
                    until(() -> person.post(path, key, json, once), now -> now.statusCode() < 300);
            return JsonMapper.shared().readTree(answer.body());
        }

        /** What a client does whose platform may be restarting. */
        private static HttpResponse<String> until(
                Callable<HttpResponse<String>> request, Predicate<HttpResponse<String>> enough) {
            return await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(request, enough);
        }

        private JsonNode until(String path, Predicate<JsonNode> there) {
            HttpResponse<String> answer = until(
                    () -> person.get(path, key),
                    now -> now.statusCode() == 200
                            && there.test(JsonMapper.shared().readTree(now.body())));
            return JsonMapper.shared().readTree(answer.body());
        }
    }
}
