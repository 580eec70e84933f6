package dev.temper.benchmarks.queue;

import dev.temper.benchmarks.Benchmark;
import dev.temper.benchmarks.Latencies;
import dev.temper.benchmarks.Report;
import dev.temper.contract.link.Device;
import dev.temper.contract.link.Enrolled;
import dev.temper.contract.link.Enrolment;
import dev.temper.contract.link.Inventory;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.Runs;
import dev.temper.platform.live.Live;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Tenants;
import dev.temper.platform.tenant.Users;
import dev.temper.platform.workerlink.EnrolmentTokens;
import dev.temper.platform.workerlink.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
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

    @Option(
            names = "--watchers",
            description = "How many browsers watch at the end (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int watchers;

    private final Latencies claims = new Latencies();
    private final Latencies submissions = new Latencies();

    @Override
    public Report call() throws IOException, InterruptedException, SQLException {
        try (var ground = new Ground();
                var polling = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Tenancy> people = people(ground);
            List<Worker> fleet = fleet(ground);
            fleet.forEach(polling::execute);
            try {
                var report = Report.of("queue")
                        .under("jobs", jobs)
                        .under("tenants", tenants)
                        .under("workers", workers)
                        .under("devices", workers * DEVICES)
                        .under("seconds", seconds);
                // What is handed in first runs at once; so much more that as many wait as are wanted.
                fill(ground, people, workers * DEVICES / 2 + jobs / 10);
                measure(ground, people, report, ", %,d waiting".formatted(jobs / 10), (_, _) -> {});
                fill(ground, people, jobs - jobs / 10);
                measure(ground, people, report, ", %,d waiting".formatted(jobs), (_, _) -> {});
                everything(ground, people, fleet, polling, report);
                return report.build();
            } finally {
                polling.shutdownNow();
            }
        }
    }

    /** The same once more, while runs tell what happens in them and browsers watch. */
    private void everything(
            Ground ground, List<Tenancy> people, List<Worker> fleet, ExecutorService polling, Report.Builder report)
            throws IOException, InterruptedException, SQLException {
        try (var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var browsers = new Watchers(ground.address())) {
            var teller = new Teller(http, ground.address());
            long cursor = ground.the(Live.class).cursor();
            Instant begin = ground.now();
            browsers.open(people, watchers, cursor);
            List<Future<?>> telling = new ArrayList<>();
            fleet.forEach(worker -> telling.add(polling.submit(() -> worker.tell(teller))));
            Thread.sleep(Duration.ofSeconds(5));
            long before = teller.held();
            long start = System.nanoTime();
            String of = ", with events and browsers";
            measure(ground, people, report, of, (who, job) -> browsers.submitted(who.slug(), job.number()));
            double rate = (teller.held() - before) / ((System.nanoTime() - start) / 1e9);
            Instant end = ground.now();
            telling.forEach(each -> each.cancel(true));
            browsers.settle();
            report.figure("events taken", rate, "a second")
                    .figure("events the platform said it holds", (double) teller.held(), "")
                    .figure("events in the database", ground.number("select count(*) from job_events"), "")
                    .figure("gaps in them", ground.number("""
                            select count(*) from (select fence from job_events
                                group by fence having max(seq) <> count(*)) gaps
                            """), "")
                    .figure(
                            "batch of %d events, median".formatted(Teller.BATCH),
                            teller.latencies().quantile(0.5),
                            "ms")
                    .figure(
                            "batch of %d events, 99 %%".formatted(Teller.BATCH),
                            teller.latencies().quantile(0.99),
                            "ms")
                    .figure("browsers still watching", browsers.open(), "")
                    .figure("streams that were refused at first", browsers.refused(), "")
                    .figure("requests of events that were refused at first", (double) teller.refused(), "")
                    .figure("facts heard by all of them", (double) browsers.heard(), "")
                    .figure("facts missed by any of them", (double) browsers.missed(ground.told(begin, end)), "")
                    .figure("times one was told to look anew", browsers.resyncs(), "")
                    .figure(
                            "from a submission to a browser, median",
                            browsers.delays().quantile(0.5),
                            "ms")
                    .figure(
                            "from a submission to a browser, 99 %",
                            browsers.delays().quantile(0.99), "ms");
        }
    }

    private List<Tenancy> people(Ground ground) {
        var found = new ArrayList<Tenancy>();
        for (int i = 0; i < tenants; i++) {
            String name = "bench-" + i;
            found.add(SYSTEM.call(() -> {
                var tenant = ground.the(Tenants.class).create(name, null);
                String email = name + "@example.org";
                var person = ground.the(Users.class).create(email, name);
                UUID id = person.user().id();
                TenantScope.call(tenant.id(), () -> ground.the(Members.class).add(id, Role.OWNER));
                new Caller(Actor.user(id, email, null, null), id, Set.of())
                        .call(() -> ground.the(Profiles.class).changePassword(person.password(), Tenancy.PASSWORD));
                return new Tenancy(tenant.id(), name, id, email);
            }));
        }
        return found;
    }

    private List<Worker> fleet(Ground ground) {
        PoolView pool =
                SYSTEM.call(() -> ground.the(Pools.class).byName("default").orElseThrow());
        Map<String, String> labels = pool.selector().stream()
                .map(label -> label.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        List<Device> devices = IntStream.range(0, DEVICES)
                .mapToObj(slot -> new Device(
                        "sim-" + slot,
                        Device.Kind.SIMULATED,
                        slot,
                        "A100-80G",
                        80L << 30,
                        null,
                        true,
                        Device.Health.OK,
                        null,
                        null))
                .toList();
        var inventory = new Inventory(devices, labels, 512L << 30, 64);
        return IntStream.range(0, workers)
                .mapToObj(i -> {
                    String token = SYSTEM.call(() -> ground.the(EnrolmentTokens.class)
                            .issue(EnrolmentTokens.DEFAULT_LIFE)
                            .secret());
                    Enrolled enrolled =
                            ground.the(Workers.class).enrol(new Enrolment(token, "node-" + i, "1.0", inventory));
                    return new Worker(enrolled, "node-" + i, ground.the(Runs.class), ground.the(Nodes.class), claims);
                })
                .toList();
    }

    /** Puts so many more jobs into the queue, several at once. */
    private void fill(Ground ground, List<Tenancy> people, int count) {
        try (var submitters = Executors.newFixedThreadPool(SUBMITTERS)) {
            for (int i = 0; i < count; i++) {
                var random = new Random(i);
                submitters.execute(() -> submit(ground, people, random, (_, _) -> {}));
            }
        }
    }

    private void submit(Ground ground, List<Tenancy> people, Random random, BiConsumer<Tenancy, JobView> then) {
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
        then.accept(
                who,
                submissions.time(() -> who.does(() -> ground.the(Jobs.class).submit(request))));
    }

    private void measure(
            Ground ground,
            List<Tenancy> people,
            Report.Builder report,
            String of,
            BiConsumer<Tenancy, JobView> submitted)
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
                        submit(ground, people, random, submitted);
                        pause();
                    }
                });
            }
            Thread.sleep(Duration.ofSeconds(seconds));
            over.set(true);
        }
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
