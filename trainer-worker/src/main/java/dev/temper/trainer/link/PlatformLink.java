package dev.temper.trainer.link;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.ArtefactQuery;
import dev.temper.contract.link.ArtefactsHeld;
import dev.temper.contract.link.Enrolled;
import dev.temper.contract.link.Enrolment;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.EventsHeld;
import dev.temper.contract.link.Heartbeat;
import dev.temper.contract.link.HeartbeatAnswer;
import dev.temper.contract.link.InventoryReport;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.LeaseRequest;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.LinkMessage;
import dev.temper.contract.link.LinkOperation;
import dev.temper.contract.link.Outcome;
import dev.temper.contract.link.OutcomeKept;
import dev.temper.contract.web.FlowingStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform as a worker sees it. What can't be reached or has no time now is an {@link IOException}, worth another try;
 * what the platform refuses is a {@link CodedException} with the platform's own code.
 */
public final class PlatformLink implements AutoCloseable {
    /** The run is no longer this worker's. */
    public static final String FENCE_STALE = "fence_stale";

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    /** All that is asked may be asked again, so that waiting for an answer that got lost is the worse. */
    private static final Duration ANSWERING = Duration.ofSeconds(10);

    private static final Duration CARRYING = Duration.ofSeconds(90);
    private static final String HELD = "Temper-Held";

    private final HttpClient http;
    private final URI platform;
    private final @Nullable String credential;
    private final @Nullable SSLContext trust;

    /**
     * A way to the platform.
     *
     * @param credential null before the worker is enrolled
     * @param trust who may say that they are the platform; null: whom this JVM trusts
     */
    public PlatformLink(URI platform, @Nullable String credential, @Nullable SSLContext trust) {
        this.platform = platform;
        this.credential = credential;
        this.trust = trust;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.http = (trust == null ? client : client.sslContext(trust)).build();
    }

    /** The same, over connections of its own: to be broken off without the others. */
    public PlatformLink apart() {
        return new PlatformLink(platform, credential, trust);
    }

    public Enrolled enrol(Enrolment enrolment) throws IOException {
        return required(ask(LinkOperation.ENROL, enrolment, ANSWERING), Enrolled.class);
    }

    public void inventory(InventoryReport report) throws IOException {
        ask(LinkOperation.INVENTORY, report, ANSWERING);
    }

    /** Empty where none came in time. */
    public Optional<LeaseOffer> lease(LeaseRequest request) throws IOException {
        Duration patience = ANSWERING.plusMillis(request.waitMillis());
        return answer(ask(LinkOperation.LEASE, request, patience), LeaseOffer.class);
    }

    /** @param patience beyond what the platform is asked to wait: for so long a lost answer keeps directives from being heard */
    public HeartbeatAnswer heartbeat(Heartbeat beat, Duration patience) throws IOException {
        return required(
                ask(LinkOperation.HEARTBEAT, beat, patience.plusMillis(beat.waitMillis())), HeartbeatAnswer.class);
    }

    public EventsHeld events(UUID job, EventBatch batch) throws IOException {
        return required(ask(LinkOperation.EVENTS, batch, ANSWERING, job), EventsHeld.class);
    }

    public ArtefactsHeld missing(UUID job, ArtefactQuery query) throws IOException {
        return required(ask(LinkOperation.ARTEFACTS, query, ANSWERING, job), ArtefactsHeld.class);
    }

    public OutcomeKept outcome(UUID job, Outcome outcome) throws IOException {
        return required(ask(LinkOperation.OUTCOME, outcome, ANSWERING, job), OutcomeKept.class);
    }

    /**
     * Sends a piece of a content.
     *
     * @param from where the piece begins in the whole
     * @return where the platform wants the next piece to begin; -1 where it has this one
     */
    public long send(UUID job, String sha256, byte[] piece, long from, long total) throws IOException {
        HttpRequest.Builder request = request(LinkOperation.SEND, BodyPublishers.ofByteArray(piece), job, sha256)
                .header("Content-Type", "application/octet-stream");
        if (total > 0) {
            request.header("Content-Range", "bytes %d-%d/%d".formatted(from, from + piece.length - 1, total));
        }
        HttpResponse<byte[]> response = exchange(request.build(), BodyHandlers.ofByteArray(), CARRYING);
        Optional<String> held = response.headers().firstValue(HELD);
        if (response.statusCode() == 409 && held.isPresent()) {
            return Long.parseLong(held.get());
        }
        accepted(response.statusCode(), response.body());
        return -1;
    }

    /** A content from an offset on, to be closed by the caller. */
    public InputStream fetch(UUID job, String sha256, long from) throws IOException {
        HttpRequest request = request(LinkOperation.FETCH, BodyPublishers.noBody(), job, sha256)
                .header("Range", "bytes=" + from + "-")
                .build();
        HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream(), CARRYING);
        boolean whole = response.statusCode() == 200 && from == 0;
        if (response.statusCode() != 206 && !whole) {
            try (InputStream body = response.body()) {
                accepted(response.statusCode(), body.readNBytes(1 << 16));
            }
            throw new IOException("The platform sends another part than was asked for");
        }
        return new FlowingStream(response.body(), CARRYING);
    }

    private byte[] ask(LinkOperation operation, LinkMessage message, Duration patience, Object... places)
            throws IOException {
        HttpRequest request = request(operation, BodyPublishers.ofByteArray(LinkJson.write(message)), places)
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray(), patience);
        return accepted(response.statusCode(), response.body());
    }

    private HttpRequest.Builder request(LinkOperation operation, BodyPublisher body, Object... places) {
        String base = platform.toString().replaceFirst("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + operation.path(places)))
                .header("Accept", "application/json, application/problem+json, application/octet-stream")
                .method(operation.method(), body);
        if (credential != null) {
            request.header("Authorization", "Bearer " + credential);
        }
        return request;
    }

    /** The client's own limit ends with the headers: an answer that is cut off behind them would be waited for without end. */
    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body, Duration patience)
            throws IOException {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new HttpTimeoutException("The platform does not answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException _) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Stopped while asking the platform");
        }
    }

    /** The body of an answer that says yes. */
    private static byte[] accepted(int status, byte[] body) throws IOException {
        if (status / 100 == 2) {
            return body;
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException("The platform can't answer now (" + status + ")");
        }
        throw refusal(status, body);
    }

    private static CodedException refusal(int status, byte[] body) throws IOException {
        try {
            JsonNode problem = JsonMapper.shared().readTree(body);
            String code = problem.path("code").asString("");
            if (!code.isEmpty()) {
                return CodedException.user(
                        code,
                        "The platform says: " + problem.path("title").asString(code) + ".",
                        problem.path("detail").asString(""));
            }
        } catch (JacksonException _) {
            // A proxy's page: not the platform's word, so it may be different the next time.
        }
        throw new IOException("Not the platform answers, but something on the way to it (" + status + ")");
    }

    private static <T extends LinkMessage> Optional<T> answer(byte[] body, Class<T> type) throws IOException {
        if (body.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(LinkJson.read(body, type));
        } catch (CodedException e) {
            if (e.code().equals("worker_protocol_unsupported")) {
                throw e;
            }
            throw new IOException("The platform's answer can't be read: " + e.getMessage(), e);
        }
    }

    private static <T extends LinkMessage> T required(byte[] body, Class<T> type) throws IOException {
        return answer(body, type).orElseThrow(() -> new IOException("The platform's answer is empty"));
    }

    /** Breaks off what is being asked. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
