package dev.temper.benchmarks.fleet;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform as one sees it who has a key or a session. Of the replicas the first that answers is asked, as by a proxy
 * before them.
 */
final class Face implements AutoCloseable {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final List<URI> replicas;
    private final @Nullable String key;
    private final HttpClient http;
    private String csrf = "";

    private Face(List<URI> replicas, @Nullable String key) {
        this.replicas = replicas;
        this.key = key;
        this.http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    static Face withKey(List<URI> replicas, String key) {
        return new Face(replicas, key);
    }

    static Face signedIn(List<URI> replicas, String email, String password) throws IOException, InterruptedException {
        Face face = new Face(replicas, null);
        String form = "username=%s&password=%s&_csrf=%s"
                .formatted(encoded(email), encoded(password), encoded(face.token("/login")));
        face.send("POST", "/login", form, "application/x-www-form-urlencoded");
        face.csrf = face.token("/me");
        return face;
    }

    private String token(String page) throws IOException, InterruptedException {
        Matcher found = CSRF.matcher(page(page));
        if (!found.find()) {
            throw new IOException(page + " has no form");
        }
        return found.group(1);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(page(path));
    }

    String page(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "application/json").body();
    }

    JsonNode send(String method, String path, String json) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(method, path, json, "application/json").body());
    }

    private HttpResponse<String> send(String method, String path, String body, String type)
            throws IOException, InterruptedException {
        IOException last = new IOException("No replica answers");
        for (URI replica : replicas) {
            HttpRequest.Builder request = HttpRequest.newBuilder(replica.resolve(path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", type)
                    .header("If-Match", "*")
                    .method(method, BodyPublishers.ofString(body));
            if (key != null) {
                request.header("Authorization", "Bearer " + key);
            } else if (!csrf.isEmpty()) {
                request.header("X-CSRF-TOKEN", csrf);
            }
            try {
                HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
                if (answer.statusCode() >= 400) {
                    throw new IllegalStateException(
                            method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
                }
                return answer;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
