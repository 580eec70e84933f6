package dev.temper.benchmarks.queue;

import dev.temper.benchmarks.Latencies;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.EventsHeld;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.LinkOperation;
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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Brings the events of runs to the platform, over HTTP as workers do, once a second for each worker. */
final class Teller {
    /** Of one request. */
    static final int BATCH = 10;

    private final HttpClient http;
    private final URI platform;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Latencies latencies = new Latencies();

    Teller(HttpClient http, URI platform) {
        this.http = http;
        this.platform = platform;
    }

    /**
     * Tells the next events of a run.
     *
     * @param known how many of its events the platform holds
     * @return how many it holds now
     */
    long tell(String credential, UUID job, long fence, long known) throws IOException, InterruptedException {
        Instant now = Instant.now();
        var batch = new EventBatch(
                fence,
                now,
                known + 1,
                LongStream.rangeClosed(known + 1, known + BATCH)
                        .mapToObj(step -> new TimedEvent(
                                now,
                                new WorkerEvent.Metrics(
                                        step, 100_000, Map.of("loss", 1.0 / step, "learning_rate", 1e-4))))
                        .toList());
        HttpRequest request = HttpRequest.newBuilder(platform.resolve(LinkOperation.EVENTS.path(job)))
                .header("Authorization", "Bearer " + credential)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(LinkJson.write(batch)))
                .build();
        long begin = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        latencies.took(System.nanoTime() - begin);
        if (answer.statusCode() >= 500) {
            // The worker's next turn tells the same again.
            refused.incrementAndGet();
            return known;
        }
        if (answer.statusCode() != 200) {
            throw new IOException("Events were answered " + answer.statusCode());
        }
        long highest = LinkJson.read(answer.body(), EventsHeld.class).highest();
        held.addAndGet(highest - known);
        return highest;
    }

    /** How many events the platform said that it holds. */
    long held() {
        return held.get();
    }

    long refused() {
        return refused.get();
    }

    Latencies latencies() {
        return latencies;
    }
}
