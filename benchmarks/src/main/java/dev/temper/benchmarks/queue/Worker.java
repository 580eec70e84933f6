package dev.temper.benchmarks.queue;

import dev.temper.benchmarks.Latencies;
import dev.temper.contract.link.Enrolled;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.job.ClaimedRun;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.PriorityBlockingQueue;

/**
 * Polls for runs and ends each after a while, as a worker on that node would, without the network between; what happens in
 * its runs it tells over the network, once that is wanted.
 */
final class Worker implements Runnable {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SEEN_EVERY = 20;

    private static final Duration TELL = Duration.ofSeconds(1);

    private final UUID node;
    private final String credential;
    private final Runs runs;
    private final Nodes nodes;
    private final Latencies claims;
    private final Random random;
    private final Caller self;
    private final PriorityBlockingQueue<Held> held =
            new PriorityBlockingQueue<>(11, Comparator.comparingLong(run -> run.ends));

    /** A run it has, and how many of its events the platform holds. */
    private static final class Held {
        final UUID job;
        final long fence;
        final long ends;
        long told;

        Held(UUID job, long fence, long ends) {
            this.job = job;
            this.fence = fence;
            this.ends = ends;
        }
    }

    Worker(Enrolled enrolled, String name, Runs runs, Nodes nodes, Latencies claims) {
        this.node = enrolled.workerId();
        this.credential = enrolled.credential();
        this.runs = runs;
        this.nodes = nodes;
        this.claims = claims;
        this.random = new Random(name.hashCode());
        this.self = new Caller(Actor.worker(node, name, null, null), null, Set.of());
    }

    @Override
    public void run() {
        for (int poll = random.nextInt(SEEN_EVERY); !Thread.currentThread().isInterrupted(); poll++) {
            boolean seen = poll % SEEN_EVERY == 0;
            self.run(() -> turn(seen));
            try {
                Thread.sleep(POLL.toMillis() / 2 + random.nextLong(POLL.toMillis()));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Once a second, the runs in turn, until it is stopped. */
    void tell(Teller teller) {
        try {
            Thread.sleep(random.nextLong(TELL.toMillis()));
            long next = System.nanoTime();
            for (int turn = 0; ; turn++) {
                List<Held> now = List.copyOf(held);
                if (!now.isEmpty()) {
                    Held run = now.get(turn % now.size());
                    run.told = teller.tell(credential, run.job, run.fence, run.told);
                }
                next += TELL.toNanos();
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(boolean seen) {
        if (seen) {
            nodes.seen(node, List.of());
            held.forEach(run -> runs.renew(node, run.fence, LEASE));
        }
        while (!held.isEmpty() && held.peek().ends < System.nanoTime()) {
            runs.finished(node, held.remove().fence, new RunEnd.Succeeded());
        }
        Optional<ClaimedRun> claimed = claims.time(() -> runs.claim(node, List.of("simulated"), LEASE));
        claimed.ifPresent(run -> {
            runs.started(node, run.fence());
            long length = Duration.ofSeconds(20 + random.nextInt(40)).toNanos();
            held.add(new Held(run.jobId(), run.fence(), System.nanoTime() + length));
        });
    }
}
