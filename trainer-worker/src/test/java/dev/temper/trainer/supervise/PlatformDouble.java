package dev.temper.trainer.supervise;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.temper.contract.link.ArtefactQuery;
import dev.temper.contract.link.ArtefactsHeld;
import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Enrolled;
import dev.temper.contract.link.Enrolment;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.EventsHeld;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.Heartbeat;
import dev.temper.contract.link.HeartbeatAnswer;
import dev.temper.contract.link.LeaseId;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.LeaseRequest;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.LinkMessage;
import dev.temper.contract.link.Outcome;
import dev.temper.contract.link.OutcomeKept;
import dev.temper.contract.link.Renewal;
import dev.temper.contract.link.WorkerEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The platform's side of the link in memory, by the same rules: leases, fences, events without gaps, contents in pieces. */
final class PlatformDouble implements AutoCloseable {
    private final HttpServer server;
    private final Map<LeaseId, Run> runs = new LinkedHashMap<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final List<Enrolment> enrolled = new ArrayList<>();
    private long fences;

    /** A run as the platform knows it. */
    static final class Run {
        final LeaseOffer offer;
        final List<WorkerEvent> events = new ArrayList<>();
        Directive directive = Directive.CONTINUE;
        boolean over;
        boolean taken;

        @Nullable
        Outcome outcome;

        private Run(LeaseOffer offer) {
            this.offer = offer;
        }
    }

    PlatformDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/worker/v1/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Offers a run. */
    synchronized Run offer(String kind, String spec, long leaseMillis, FileRef... files) {
        LeaseId lease = new LeaseId(UUID.randomUUID(), ++fences);
        Run run = new Run(new LeaseOffer(
                lease, 1, kind, LinkJson.document(spec), List.of("sim-0"), leaseMillis, 0, 0, List.of(files)));
        runs.put(lease, run);
        notifyAll();
        return run;
    }

    synchronized void want(Run run, Directive directive) {
        run.directive = directive;
        notifyAll();
    }

    synchronized void endLease(Run run) {
        run.over = true;
        notifyAll();
    }

    /** Has a content, as of a model. */
    synchronized FileRef content(String path, byte[] bytes) {
        String sha256 = HexFormat.of().formatHex(Contents.digest().digest(bytes));
        contents.put(sha256, bytes);
        return new FileRef(path, sha256, bytes.length);
    }

    synchronized Optional<byte[]> content(String sha256) {
        return Optional.ofNullable(contents.get(sha256));
    }

    synchronized List<WorkerEvent> told(Run run) {
        return List.copyOf(run.events);
    }

    synchronized Optional<Outcome> outcome(Run run) {
        return Optional.ofNullable(run.outcome);
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String[] path = exchange.getRequestURI().getPath().split("/");
            switch (path[3]) {
                case "lease" -> lease(exchange, LinkJson.read(body, LeaseRequest.class));
                case "heartbeat" -> send(exchange, 200, beat(LinkJson.read(body, Heartbeat.class)));
                case "enrol" -> send(exchange, 200, enrol(LinkJson.read(body, Enrolment.class)));
                case "jobs" -> job(exchange, UUID.fromString(path[4]), path, body);
                default -> send(exchange, 204, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Enrolled enrol(Enrolment asked) {
        enrolled.add(asked);
        return new Enrolled(UUID.randomUUID(), "credential");
    }

    synchronized List<Enrolment> enrolled() {
        return List.copyOf(enrolled);
    }

    private synchronized void lease(HttpExchange exchange, LeaseRequest asked)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + asked.waitMillis() * 1_000_000;
        while (true) {
            Optional<Run> next = runs.values().stream()
                    .filter(run -> !run.over && run.outcome == null)
                    .filter(run -> !asked.holding().contains(run.offer.lease()))
                    .filter(run -> !run.taken || run.events.isEmpty())
                    .findFirst();
            if (next.isPresent()) {
                next.get().taken = true;
                send(exchange, 200, next.get().offer);
                return;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                send(exchange, 204, null);
                return;
            }
            wait(left);
        }
    }

    private synchronized HeartbeatAnswer beat(Heartbeat beat) throws InterruptedException {
        long deadline = System.nanoTime() + beat.waitMillis() * 1_000_000;
        while (true) {
            List<Renewal> held = new ArrayList<>();
            List<LeaseId> lost = new ArrayList<>();
            boolean news = false;
            for (var one : beat.runs()) {
                Run run = runs.get(one.lease());
                if (run == null || run.over || run.outcome != null) {
                    lost.add(one.lease());
                } else {
                    held.add(new Renewal(one.lease(), run.directive, run.offer.leaseMillis()));
                    news |= run.directive != Directive.CONTINUE && run.directive != one.obeyed();
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (news || !lost.isEmpty() || left <= 0) {
                return new HeartbeatAnswer(held, lost, false);
            }
            wait(left);
        }
    }

    private synchronized void job(HttpExchange exchange, UUID job, String[] path, byte[] body) throws IOException {
        Optional<Run> found = runs.values().stream()
                .filter(run -> run.offer.lease().job().equals(job))
                .findFirst();
        if (found.isEmpty()) {
            refuse(exchange, "fence_stale");
            return;
        }
        Run run = found.get();
        switch (path[5]) {
            case "events" -> send(exchange, 200, keep(run, LinkJson.read(body, EventBatch.class)));
            case "outcome" -> outcome(exchange, run, LinkJson.read(body, Outcome.class));
            case "files" -> file(exchange, path[6]);
            default -> {
                if (path.length == 6) {
                    Map<String, Long> missing = new LinkedHashMap<>();
                    LinkJson.read(body, ArtefactQuery.class).files().stream()
                            .filter(file -> !contents.containsKey(file.sha256()))
                            .forEach(file -> missing.put(file.sha256(), 0L));
                    send(exchange, 200, new ArtefactsHeld(missing));
                } else {
                    contents.put(path[6], body);
                    send(exchange, 204, null);
                }
            }
        }
    }

    private EventsHeld keep(Run run, EventBatch batch) {
        int known = run.events.size();
        if (batch.firstSeq() <= known + 1) {
            batch.events().stream().skip(known + 1 - batch.firstSeq()).forEach(event -> run.events.add(event.event()));
        }
        return new EventsHeld(run.events.size(), run.over);
    }

    private void outcome(HttpExchange exchange, Run run, Outcome outcome) throws IOException {
        boolean missing = outcome.files().stream().anyMatch(file -> !contents.containsKey(file.sha256()));
        if (run.over || missing || outcome.lastSeq() > run.events.size()) {
            refuse(exchange, run.over ? "fence_stale" : "events_missing");
            return;
        }
        boolean again = run.outcome != null;
        run.outcome = outcome;
        send(exchange, 200, new OutcomeKept(again));
    }

    private void file(HttpExchange exchange, String sha256) throws IOException {
        byte[] content = Objects.requireNonNull(contents.get(sha256));
        int from =
                Integer.parseInt(exchange.getRequestHeaders().getFirst("Range").replaceAll("bytes=(\\d+)-", "$1"));
        exchange.sendResponseHeaders(206, content.length - from);
        exchange.getResponseBody().write(Arrays.copyOfRange(content, from, content.length));
    }

    private static void send(HttpExchange exchange, int status, @Nullable LinkMessage message) throws IOException {
        byte[] body = message == null ? new byte[0] : LinkJson.write(message);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void refuse(HttpExchange exchange, String code) throws IOException {
        byte[] body = "{\"code\":\"%s\",\"title\":\"%s\"}".formatted(code, code).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(409, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
