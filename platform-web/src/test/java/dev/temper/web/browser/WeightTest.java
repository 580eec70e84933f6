package dev.temper.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A first visit stays light, and a second one fetches nothing but the page. */
@PagesTest
class WeightTest {
    private static final int FIRST_PAGE = 130 * 1024;
    private static final int OWN_STYLE = 15 * 1024;

    @LocalServerPort
    private int port;

    @Test
    void aFirstPageIsLight() throws IOException, InterruptedException {
        Map<String, Integer> weights = new TreeMap<>();
        try (Visit visitor = Visit.anonymous(port, "en");
                HttpClient client = HttpClient.newHttpClient()) {
            visitor.page.onResponse(response -> weights.put(response.url(), 0));
            visitor.open("/login");
            for (String url : List.copyOf(weights.keySet())) {
                weights.put(url, compressed(client, url).body().length);
            }
        }
        assertThat(weights.values().stream().mapToInt(Integer::intValue).sum())
                .as("%s", weights)
                .isLessThan(FIRST_PAGE);
        assertThat(weights.entrySet().stream()
                        .filter(weight -> weight.getKey().contains("/assets/temper-"))
                        .mapToInt(Map.Entry::getValue)
                        .sum())
                .as("own style and script")
                .isPositive()
                .isLessThan(OWN_STYLE);
    }

    @Test
    void whatDoesNotChangeIsNamedByItsContentOrVersionAndKept() {
        try (Visit visitor = Visit.anonymous(port, "en")) {
            Map<String, String> caching = new TreeMap<>();
            visitor.page.onResponse(response -> caching.put(response.url(), cache(response)));
            visitor.open("/login");
            visitor.page.waitForLoadState();
            caching.keySet().removeIf(url -> url.endsWith("/login"));
            assertThat(caching).isNotEmpty().allSatisfy((url, cache) -> {
                assertThat(url).containsPattern("-[0-9a-f]{32}\\.(css|js|svg)|/webjars/[^/]+/\\d");
                assertThat(cache).contains("max-age=31536000");
            });
        }
    }

    private static String cache(Response response) {
        return String.valueOf(response.headers().get("cache-control"));
    }

    private static HttpResponse<byte[]> compressed(HttpClient client, String url)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept-Encoding", "gzip")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
