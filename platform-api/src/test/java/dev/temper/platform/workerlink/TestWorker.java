package dev.temper.platform.workerlink;

import dev.temper.contract.link.Device;
import dev.temper.contract.link.Enrolled;
import dev.temper.contract.link.Enrolment;
import dev.temper.contract.link.Inventory;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.LinkMessage;
import dev.temper.contract.link.LinkOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** A worker that says what a test wants it to say. */
final class TestWorker implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI platform;
    private String credential = "";
    private UUID id = new UUID(0, 0);

    TestWorker(int port) {
        platform = URI.create("http://localhost:" + port);
    }

    static Enrolment enrolment(String token, String name, String pool, int devices) {
        return new Enrolment(
                token,
                name,
                "1.0",
                new Inventory(
                        IntStream.range(0, devices)
                                .mapToObj(slot -> new Device(
                                        "sim-" + slot,
                                        Device.Kind.SIMULATED,
                                        slot,
                                        "A100",
                                        80L << 30,
                                        null,
                                        true,
                                        Device.Health.OK,
                                        null,
                                        null))
                                .toList(),
                        Map.of("pool", pool),
                        1L << 36,
                        16));
    }

    TestWorker enrol(String token, String name, String pool, int devices) {
        Enrolled enrolled = LinkJson.read(
                send(LinkOperation.ENROL, enrolment(token, name, pool, devices)).body(), Enrolled.class);
        credential = enrolled.credential();
        id = enrolled.workerId();
        return this;
    }

    UUID id() {
        return id;
    }

    <T extends LinkMessage> T ask(LinkOperation operation, LinkMessage message, Class<T> answer, Object... places) {
        HttpResponse<byte[]> response = send(operation, message, places);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return LinkJson.read(response.body(), answer);
    }

    HttpResponse<byte[]> send(LinkOperation operation, LinkMessage message, Object... places) {
        return send(operation, LinkJson.write(message), Map.of("Content-Type", "application/json"), places);
    }

    HttpResponse<byte[]> send(LinkOperation operation, byte[] body, Map<String, String> headers, Object... places) {
        HttpRequest.Builder request = HttpRequest.newBuilder(platform.resolve(operation.path(places)))
                .method(operation.method(), BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (!credential.isEmpty()) {
            request.header("Authorization", "Bearer " + credential);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
