package dev.temper.benchmarks.data;

import dev.temper.web.launch.PlatformProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a platform with the key of its first start. */
final class Client implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> OVER = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "MAPPING_NEEDED");
    private static final long LOOK_EVERY_MILLIS = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String key;

    Client(PlatformProcess platform) throws IOException {
        this.url = platform.url();
        this.key = platform.firstLogin().path("apiKey").stringValue();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    /** An import of a file, over; the file is sent in parts, whatever its size. */
    JsonNode bring(Path file) throws IOException, InterruptedException {
        JsonNode upload = post("/api/v1/uploads", Map.of("name", "rows.json", "size", Files.size(file)));
        String id = upload.path("id").stringValue();
        int size = upload.path("partSize").intValue();
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (byte[] part = in.readNBytes(size); part.length > 0; part = in.readNBytes(size)) {
                HttpRequest.Builder request = request("/api/v1/uploads/" + id + "/parts/" + number++)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(part));
                answer(request.build());
            }
        }
        JsonNode started = post("/api/v1/datasets", Map.of("upload", id));
        JsonNode over = until(
                "/api/v1/imports/" + started.path("id").stringValue(),
                run -> OVER.contains(run.path("state").stringValue()));
        if (!over.path("state").stringValue().equals("SUCCEEDED")) {
            throw new IOException("the import ended so: " + over);
        }
        return over;
    }

    JsonNode until(String path, Predicate<JsonNode> there) throws IOException, InterruptedException {
        JsonNode answer = get(path);
        while (!there.test(answer)) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            answer = get(path);
        }
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + key);
    }

    private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        return JSON.readTree(answer(request));
    }

    private String answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
