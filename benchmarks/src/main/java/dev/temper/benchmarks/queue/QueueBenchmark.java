package dev.temper.benchmarks.queue;

import dev.temper.benchmarks.Benchmark;
import dev.temper.benchmarks.Report;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.DeviceReport;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Tenants;
import dev.temper.platform.tenant.Users;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plans, claims and submissions while as many jobs wait and as many workers poll as the platform promises to bear. */
@Command(name = "queue", description = "Plans, claims and submissions with ten thousand jobs in the queue.")
public final class QueueBenchmark implements Benchmark {
    private static final Caller SYSTEM = Caller.system("benchmark");
    private static final int SUBMITTERS = 4;
    /** Of a worker. */
    private static final int DEVICES = 5;

    @Option(names = "--jobs", description = "How many wait (default: ${DEFAULT-VALUE}).", defaultValue = "10000")
    private int jobs;

    @Option(names = "--tenants", description = "Whose they are (default: ${DEFAULT-VALUE}).", defaultValue = "50")
    private int tenants;

    @Option(
            names = "--workers",
            description = "How many poll, with five devices each (default: ${DEFAULT-VALUE}).",
            defaultValue = "200")
    private int workers;

    @Option(
            names = "--seconds",
            description = "How long to measure at each size (default: ${DEFAULT-VALUE}).",
            defaultValue = "30")
    private int seconds;

    private final Latencies claims = new Latencies();
    private final Latencies submissions = new Latencies();

    @Override
    public Report call() throws IOException, InterruptedException, SQLException {
        try (var ground = new Ground();
                var polling = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Tenancy> people = people(ground);
            nodes(ground)
                    .forEach(node ->
                            polling.execute(new Worker(node, ground.the(Runs.class), ground.the(Nodes.class), claims)));
            try {
                return measure(ground, people);
            } finally {
                polling.shutdownNow();
            }
        }
    }

    private Report measure(Ground ground, List<Tenancy> people) throws InterruptedException {
        var report = Report.of("queue")
                .under("jobs", jobs)
                .under("tenants", tenants)
                .under("workers", workers)
                .under("devices", workers * DEVICES)
                .under("seconds", seconds);
        // What is handed in first runs at once; so much more that as many wait as are wanted.
        fill(ground, people, workers * DEVICES / 2 + jobs / 10);
        measure(ground, people, report, jobs / 10);
        fill(ground, people, jobs - jobs / 10);
        measure(ground, people, report, jobs);
        return report.build();
    }

    private List<Tenancy> people(Ground ground) {
        var found = new ArrayList<Tenancy>();
        for (int i = 0; i < tenants; i++) {
            String name = "bench-" + i;
            found.add(SYSTEM.call(() -> {
                var tenant = ground.the(Tenants.class).create(name, null);
                var person = ground.the(Users.class).create(name + "@example.org", name);
                TenantScope.call(
                        tenant.id(),
                        () -> ground.the(Members.class).add(person.user().id(), Role.OWNER));
                return new Tenancy(tenant.id(), person.user().id(), name + "@example.org");
            }));
        }
        return found;
    }

    private List<NodeView> nodes(Ground ground) {
        PoolView pool =
                SYSTEM.call(() -> ground.the(Pools.class).byName("default").orElseThrow());
        List<DeviceReport> devices = IntStream.range(0, DEVICES)
                .mapToObj(slot -> new DeviceReport(
                        "sim-" + slot, DeviceKind.SIMULATED, slot, "A100-80G", 80L << 30, "", true, null))
                .toList();
        return IntStream.range(0, workers)
                .mapToObj(i ->
                        SYSTEM.call(() -> ground.the(Nodes.class).enrol("node-" + i, pool.selector(), "1.0", devices)))
                .toList();
    }

    /** Puts so many more jobs into the queue, several at once. */
    private void fill(Ground ground, List<Tenancy> people, int count) {
        try (var submitters = Executors.newFixedThreadPool(SUBMITTERS)) {
            for (int i = 0; i < count; i++) {
                var random = new Random(i);
                submitters.execute(() -> submit(ground, people, random));
            }
        }
    }

    private void submit(Ground ground, List<Tenancy> people, Random random) {
        Tenancy who = people.get(random.nextInt(people.size()));
        var request = new JobRequest(
                "Job",
                "simulated",
                "{\"steps\":100}",
                "default",
                1 + random.nextInt(4),
                Duration.ofSeconds(60 + random.nextInt(3600)),
                10 * random.nextInt(10),
                3,
                null);
        submissions.time(() -> who.does(() -> ground.the(Jobs.class).submit(request)));
    }

    private void measure(Ground ground, List<Tenancy> people, Report.Builder report, int waiting)
            throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(5));
        MeterRegistry meters = ground.the(MeterRegistry.class);
        claims.forget();
        submissions.forget();
        Span plan = Span.of(meters.timer("temper.scheduling.plan"));
        Span round = Span.of(meters.timer("temper.scheduling.round"));
        var over = new AtomicBoolean();
        try (var submitters = Executors.newFixedThreadPool(SUBMITTERS)) {
            for (int i = 0; i < SUBMITTERS; i++) {
                var random = new Random(1_000_000L + i);
                submitters.execute(() -> {
                    while (!over.get()) {
                        submit(ground, people, random);
                        pause();
                    }
                });
            }
            Thread.sleep(Duration.ofSeconds(seconds));
            over.set(true);
        }
        String of = ", %,d waiting".formatted(waiting);
        report.figure("plan, mean" + of, plan.meanSince(), "ms")
                .figure("plan, longest" + of, plan.timer.max(TimeUnit.MICROSECONDS) / 1000, "ms")
                .figure("read, plan and carry out, mean" + of, round.meanSince(), "ms")
                .figure("rounds" + of, (double) round.countSince(), "")
                .figure("claim, median" + of, claims.quantile(0.5), "ms")
                .figure("claim, 99 %" + of, claims.quantile(0.99), "ms")
                .figure("claims" + of, (double) claims.count(), "")
                .figure("submit, median" + of, submissions.quantile(0.5), "ms")
                .figure("submit, 99 %" + of, submissions.quantile(0.99), "ms")
                .figure("submissions" + of, submissions.count(), "");
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a timer has counted since this was made. */
    private record Span(Timer timer, long count, double millis) {
        static Span of(Timer timer) {
            return new Span(timer, timer.count(), timer.totalTime(TimeUnit.MILLISECONDS));
        }

        long countSince() {
            return timer.count() - count;
        }

        double meanSince() {
            return (timer.totalTime(TimeUnit.MILLISECONDS) - millis) / Math.max(1, countSince());
        }
    }
}
