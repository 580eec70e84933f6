package dev.temper.benchmarks.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The proxy before two replicas: each request goes to the next of them, and on to the other where nobody answers. What a
 * replica was at when it died is answered with 502, as by any proxy that must not do a thing twice.
 */
final class RoundRobin implements AutoCloseable {
    private static final Set<String> BETWEEN_TWO =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final List<URI> replicas;
    private final Map<URI, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;

    private RoundRobin(List<URI> replicas) throws IOException {
        this.replicas = replicas;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
    }

    static RoundRobin before(List<URI> replicas) throws IOException {
        var proxy = new RoundRobin(replicas);
        proxy.server.start();
        return proxy;
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** How many requests the replica answered. */
    int answered(URI replica) {
        return answered.getOrDefault(replica, new AtomicInteger()).get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int first = Math.floorMod(turn.getAndIncrement(), replicas.size());
        try (exchange) {
            for (int i = 0; i < replicas.size(); i++) {
                URI replica = replicas.get((first + i) % replicas.size());
                try {
                    answer(exchange, client.send(request(exchange, replica, body), BodyHandlers.ofInputStream()));
                    answered.computeIfAbsent(replica, _ -> new AtomicInteger()).incrementAndGet();
                    return;
                } catch (ConnectException nobodyThere) {
                    // The next one is asked.
                } catch (IOException diedOverIt) {
                    break;
                }
            }
            exchange.sendResponseHeaders(502, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, URI replica, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(replica.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!BETWEEN_TWO.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.header("X-Forwarded-For", "127.0.0.1")
                .header("X-Forwarded-Proto", "http")
                .header("X-Forwarded-Host", address().getAuthority())
                .header("X-Forwarded-Port", Integer.toString(address().getPort()))
                .build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!BETWEEN_TWO.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        boolean empty = answer.statusCode() == 204 || answer.statusCode() == 304;
        try (InputStream in = answer.body()) {
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : 0);
            if (!empty) {
                try (OutputStream out = exchange.getResponseBody()) {
                    in.transferTo(out);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
