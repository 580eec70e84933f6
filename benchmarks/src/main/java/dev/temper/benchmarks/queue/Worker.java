package dev.temper.benchmarks.queue;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.job.ClaimedRun;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Polls for runs and ends each after a while, as a worker on that node would, without the network between. */
final class Worker implements Runnable {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SEEN_EVERY = 20;

    private final NodeView node;
    private final Runs runs;
    private final Nodes nodes;
    private final Latencies claims;
    private final Random random;
    private final Caller self;
    private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingLong(Held::ends));

    private record Held(long fence, long ends) {}

    Worker(NodeView node, Runs runs, Nodes nodes, Latencies claims) {
        this.node = node;
        this.runs = runs;
        this.nodes = nodes;
        this.claims = claims;
        this.random = new Random(node.name().hashCode());
        this.self = new Caller(Actor.worker(node.id(), node.name(), null, null), null, Set.of());
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

    private void turn(boolean seen) {
        if (seen) {
            nodes.seen(node.id(), List.of());
            held.forEach(run -> runs.renew(node.id(), run.fence, LEASE));
        }
        while (!held.isEmpty() && held.peek().ends < System.nanoTime()) {
            runs.finished(node.id(), held.remove().fence, new RunEnd.Succeeded());
        }
        Optional<ClaimedRun> claimed = claims.time(() -> runs.claim(node.id(), LEASE));
        claimed.ifPresent(run -> {
            runs.started(node.id(), run.fence());
            long length = Duration.ofSeconds(20 + random.nextInt(40)).toNanos();
            held.add(new Held(run.fence(), System.nanoTime() + length));
        });
    }
}
