package dev.temper.web.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code kill -9} in the midst of an import and of an upload costs neither a row nor a part, and doubles none. */
class ImportKillIT {
    private static final int ROWS = 150_000;
    private static final int PART = 8 << 20;

    @TempDir
    Path data;

    @Test
    void everyRowAndEveryPartOutlivesTheProcess() throws IOException, InterruptedException {
        byte[] file = rows();
        String imported;
        String begun;
        try (var platform = PlatformProcess.up(PackagedApplication.command(), data, "--port", "0");
                var visitor = new Visitor(platform.url())) {
            String key = platform.firstLogin().get("apiKey").stringValue();
            String whole = begin(visitor, key, file);
            for (int part = 0; part * PART < file.length; part++) {
                send(visitor, key, whole, part, file);
            }
            begun = begin(visitor, key, file);
            send(visitor, key, begun, 1, file);
            imported = bring(visitor, key, whole);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                JsonNode now = get(visitor, key, imported);
                assertThat(now.path("state").asString()).isNotEqualTo("SUCCEEDED");
                return now.path("rowsIn").asLong() > 1_000;
            });
            platform.kill();
        }
        try (var platform = PlatformProcess.up(PackagedApplication.command(), data, "--port", "0");
                var visitor = new Visitor(platform.url())) {
            String key = platform.firstLogin().get("apiKey").stringValue();
            JsonNode kept = get(visitor, key, "/api/v1/uploads/" + begun);
            assertThat(kept.path("received").asLong()).isEqualTo(PART);
            send(visitor, key, begun, 0, file);
            for (int part = 2; part * PART < file.length; part++) {
                send(visitor, key, begun, part, file);
            }
            everyRowIsThereOnce(visitor, key, imported);
            everyRowIsThereOnce(visitor, key, bring(visitor, key, begun));
            platform.stop();
        }
        try (Stream<Path> left = Files.list(data.resolve("blobs/staging"))) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("import-"));
        }
    }

    private static void everyRowIsThereOnce(Visitor visitor, String key, String imported) {
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        get(visitor, key, imported).path("state").asString().equals("SUCCEEDED"));
        JsonNode done = get(visitor, key, imported);
        assertThat(done.path("rowsKept").asInt()).isEqualTo(ROWS);
        JsonNode version = get(
                visitor,
                key,
                "/api/v1/dataset-versions/" + done.path("resultVersion").asString());
        assertThat(version.path("number").asInt()).isEqualTo(1);
        assertThat(version.at("/statistics/rows").asInt()).isEqualTo(ROWS);
        assertThat(version.at("/statistics/repeated").asInt()).isZero();
    }

    private static String begin(Visitor visitor, String key, byte[] file) throws IOException, InterruptedException {
        String json = "{\"name\":\"rows.jsonl\",\"size\":%d}".formatted(file.length);
        return read(visitor.post("/api/v1/uploads", key, json, UUID.randomUUID().toString()))
                .path("id")
                .asString();
    }

    private static void send(Visitor visitor, String key, String upload, int part, byte[] file)
            throws IOException, InterruptedException {
        byte[] bytes = Arrays.copyOfRange(file, part * PART, Math.min(file.length, (part + 1) * PART));
        assertThat(visitor.put("/api/v1/uploads/" + upload + "/parts/" + part, key, bytes)
                        .statusCode())
                .isEqualTo(204);
    }

    private static String bring(Visitor visitor, String key, String upload) throws IOException, InterruptedException {
        String json = "{\"upload\":\"%s\"}".formatted(upload);
        HttpResponse<String> answer =
                visitor.post("/api/v1/datasets", key, json, UUID.randomUUID().toString());
        return "/api/v1/imports/" + read(answer).path("id").asString();
    }

    private static JsonNode get(Visitor visitor, String key, String path) {
        try {
            return read(visitor.get(path, key));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static byte[] rows() {
        var rows = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            rows.append("{\"instruction\":\"question ")
                    .append(row)
                    .append("\",\"input\":\"\",\"output\":\"answer ")
                    .append(row)
                    .append(" of many, with some words behind it so that it has the length of a real one\"}\n");
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }
}
