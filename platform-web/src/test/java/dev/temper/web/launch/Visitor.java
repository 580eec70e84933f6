package dev.temper.web.launch;

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
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody outside, with a browser's cookies or with a key. */
public final class Visitor implements AutoCloseable {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    public Visitor(String url) {
        this.url = url;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path, String key) throws IOException, InterruptedException {
        return client.send(
                request(path).header("Authorization", "Bearer " + key).build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String key, String json, String idempotencyKey)
            throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(json))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Sends bytes as they are. */
    public HttpResponse<String> put(String path, String key, byte[] bytes) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Fills the form in and sends it, hidden fields and all; answers where that leads. */
    public HttpResponse<String> signIn(String email, String password) throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(get("/login").body());
        if (!csrf.find()) {
            throw new IOException("the login page has no CSRF field");
        }
        String form = Map.of("username", email, "password", password, "_csrf", csrf.group(1)).entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** The body as it travels to a browser that takes gzip. */
    public HttpResponse<byte[]> download(String path) throws IOException, InterruptedException {
        return client.send(request(path).header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
    }

    /** The lines of an answer that goes on, as they come. */
    public HttpResponse<Stream<String>> listen(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofLines());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
