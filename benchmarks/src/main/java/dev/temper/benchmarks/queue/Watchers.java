package dev.temper.benchmarks.queue;

import dev.temper.benchmarks.Latencies;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Browsers with the queue's page open: each a stream of its own, over HTTP, of somebody who is signed in. */
final class Watchers implements AutoCloseable {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern FACT = Pattern.compile("\"topic\":\"job\\.(\\d+)\".*\"state\": ?\"([A-Z]+)\"");

    private final URI platform;
    private final List<HttpClient> clients = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final Map<String, Long> submitted = new ConcurrentHashMap<>();
    private final AtomicInteger resyncs = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Latencies delays = new Latencies();

    /** What one of them heard: which job came into which state. */
    private record Watcher(String slug, Set<String> heard) {}

    Watchers(URI platform) {
        this.platform = platform;
    }

    /** Signs everybody in and opens so many streams, as many for each person. */
    void open(List<Tenancy> people, int count, long cursor) throws IOException, InterruptedException {
        for (Tenancy person : people) {
            HttpClient browser = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .build();
            clients.add(browser);
            signIn(browser, person);
        }
        for (int i = 0; i < count; i++) {
            int who = i % people.size();
            var watcher = new Watcher(people.get(who).slug(), ConcurrentHashMap.newKeySet());
            watchers.add(watcher);
            HttpRequest request = HttpRequest.newBuilder(
                            platform.resolve("/t/%s/live?topics=job,queue&cursor=%d".formatted(watcher.slug(), cursor)))
                    .build();
            watch(clients.get(who), request, watcher, Duration.ofSeconds(1));
        }
    }

    /** Until it is closed; after a refusal anew, ever later, as the page does. */
    private void watch(HttpClient browser, HttpRequest request, Watcher watcher, Duration wait) {
        var _ = browser.sendAsync(request, BodyHandlers.ofLines())
                .thenAcceptAsync(
                        answer -> {
                            if (answer.statusCode() == 200) {
                                open.incrementAndGet();
                                read(watcher, answer);
                                open.decrementAndGet();
                                return;
                            }
                            refused.incrementAndGet();
                            CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
                                    .execute(() -> watch(browser, request, watcher, wait.multipliedBy(2)));
                        },
                        Thread::startVirtualThread);
    }

    private void signIn(HttpClient browser, Tenancy person) throws IOException, InterruptedException {
        HttpRequest page = HttpRequest.newBuilder(platform.resolve("/login")).build();
        Matcher csrf = CSRF.matcher(browser.send(page, BodyHandlers.ofString()).body());
        if (!csrf.find()) {
            throw new IOException("The login page has no form");
        }
        String form = "username=%s&password=%s&_csrf=%s"
                .formatted(encoded(person.email()), encoded(Tenancy.PASSWORD), encoded(csrf.group(1)));
        browser.send(
                HttpRequest.newBuilder(platform.resolve("/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.discarding());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void read(Watcher watcher, HttpResponse<Stream<String>> answer) {
        answer.body().forEach(line -> {
            if (line.equals("event: resync")) {
                resyncs.incrementAndGet();
            }
            Matcher fact = FACT.matcher(line);
            if (fact.find()) {
                String what = fact.group(1) + " " + fact.group(2);
                Long since = submitted.get(watcher.slug() + " " + fact.group(1));
                if (watcher.heard().add(what) && since != null && fact.group(2).equals("QUEUED")) {
                    delays.took(System.nanoTime() - since);
                }
            }
        });
    }

    /** A job of that tenant has just been committed. */
    void submitted(String slug, long number) {
        submitted.put(slug + " " + number, System.nanoTime());
    }

    /** How many of these facts somebody did not hear, over all who should have. */
    long missed(Map<String, Set<String>> facts) {
        return watchers.stream()
                .mapToLong(watcher -> facts.getOrDefault(watcher.slug(), Set.of()).stream()
                        .filter(fact -> !watcher.heard().contains(fact))
                        .count())
                .sum();
    }

    long heard() {
        return watchers.stream().mapToLong(watcher -> watcher.heard().size()).sum();
    }

    int open() {
        return open.get();
    }

    int refused() {
        return refused.get();
    }

    int resyncs() {
        return resyncs.get();
    }

    Latencies delays() {
        return delays;
    }

    void settle() throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(3));
    }

    @Override
    public void close() {
        clients.forEach(HttpClient::shutdownNow);
    }
}
