package dev.temper.benchmarks.tasks;

import dev.temper.contract.link.Device;
import dev.temper.contract.link.Enrolled;
import dev.temper.contract.link.Enrolment;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.EventsHeld;
import dev.temper.contract.link.Heartbeat;
import dev.temper.contract.link.Inventory;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.LeaseRequest;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.LinkMessage;
import dev.temper.contract.link.LinkOperation;
import dev.temper.contract.link.Phase;
import dev.temper.contract.link.RunBeat;
import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A worker that trains nothing: it takes a run and tells the numbers of its steps. */
final class ScriptedWorker implements AutoCloseable {
    private static final String DEVICE = "cpu";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI platform;
    private String credential = "";

    /** @param token by which it enrols */
    ScriptedWorker(String platform, String token) throws IOException, InterruptedException {
        this.platform = URI.create(platform);
        var device = new Device(DEVICE, Device.Kind.CPU, 0, "CPU", 1L << 33, null, false, Device.Health.OK, null, null);
        var inventory = new Inventory(List.of(device), Map.of(), 1L << 33, 2);
        byte[] answer = send(
                LinkOperation.ENROL,
                LinkOperation.ENROL.path(),
                new Enrolment(token, "scripted-" + System.currentTimeMillis(), "1", inventory));
        this.credential = LinkJson.read(answer, Enrolled.class).credential();
    }

    /** The next run there is for it. */
    LeaseOffer take() throws IOException, InterruptedException {
        var request = new LeaseRequest(LeaseRequest.MAX_WAIT_MILLIS, List.of("train"), List.of());
        byte[] offer = new byte[0];
        while (offer.length == 0) {
            offer = send(LinkOperation.LEASE, LinkOperation.LEASE.path(), request);
        }
        LeaseOffer run = LinkJson.read(offer, LeaseOffer.class);
        beat(run, 0);
        return run;
    }

    /** It works, and so the run stays with it. */
    void beat(LeaseOffer run, long step) throws IOException, InterruptedException {
        var beat = new Heartbeat(List.of(new RunBeat(run.lease(), Phase.RUNNING, step, null)), List.of(), 1L << 40, 0);
        send(LinkOperation.HEARTBEAT, LinkOperation.HEARTBEAT.path(), beat);
    }

    /** The steps from one to another, told as one batch whose first event has that number. */
    void tell(LeaseOffer run, long number, long first, long last, long total) throws IOException, InterruptedException {
        Instant now = Instant.now();
        var batch = new EventBatch(
                run.lease().fence(),
                now,
                number,
                LongStream.rangeClosed(first, last)
                        .mapToObj(step -> new TimedEvent(now, metrics(step, total)))
                        .toList());
        byte[] answer =
                send(LinkOperation.EVENTS, LinkOperation.EVENTS.path(run.lease().job()), batch);
        long held = LinkJson.read(answer, EventsHeld.class).highest();
        if (held != number + last - first) {
            throw new IOException(
                    "The platform holds events up to %d, told up to %d".formatted(held, number + last - first));
        }
    }

    private static WorkerEvent.Metrics metrics(long step, long total) {
        double at = (double) step;
        double part = at / total;
        return new WorkerEvent.Metrics(
                step,
                total,
                Map.of(
                        "loss",
                        0.6 + 2.4 * Math.exp(-4 * part) + 0.1 * Math.sin(at),
                        "learning_rate",
                        1e-4 * (1 - part),
                        "grad_norm",
                        1 + 0.3 * Math.cos(at),
                        "epoch",
                        3 * part,
                        "tokens",
                        2048 * at,
                        "tokens_per_second",
                        1600 + 50 * Math.sin(at)));
    }

    private byte[] send(LinkOperation operation, String path, LinkMessage message)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(platform.resolve(path))
                .header("Content-Type", "application/json")
                .method(operation.method(), BodyPublishers.ofByteArray(LinkJson.write(message)));
        if (!credential.isEmpty()) {
            request.header("Authorization", "Bearer " + credential);
        }
        HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s answered %d".formatted(path, answer.statusCode()));
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
