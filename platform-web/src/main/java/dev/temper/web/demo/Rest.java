package dev.temper.web.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests with a key, as a program of somebody else's makes them. */
final class Rest implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String key;

    Rest(String url, String key) {
        this.url = url;
        this.key = key;
    }

    JsonNode get(String path) {
        return JSON.readTree(send("GET", path, "application/json", BodyPublishers.noBody()));
    }

    JsonNode post(String path, Object body) {
        return JSON.readTree(
                send("POST", path, "application/json", BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    void put(String path, byte[] bytes) {
        send("PUT", path, "application/octet-stream", BodyPublishers.ofByteArray(bytes));
    }

    byte[] download(String path) {
        return send("GET", path, "application/octet-stream", BodyPublishers.noBody());
    }

    private byte[] send(String method, String path, String type, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", type)
                .method(method, body)
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) {
                throw new DemoFailed("%s %s was refused with %d: %s"
                        .formatted(method, path, answer.statusCode(), reason(answer.body())));
            }
            return answer.body();
        } catch (IOException e) {
            throw new DemoFailed("%s %s got no answer: %s".formatted(method, path, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("It was interrupted.", e);
        }
    }

    private static String reason(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.startsWith("{")
                ? JSON.readTree(text).path("detail").asString(text)
                : text.lines().findFirst().orElse("without a word");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
