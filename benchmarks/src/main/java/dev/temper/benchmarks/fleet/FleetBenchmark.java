package dev.temper.benchmarks.fleet;

import dev.temper.benchmarks.Benchmark;
import dev.temper.benchmarks.Checkout;
import dev.temper.benchmarks.RealDatabase;
import dev.temper.benchmarks.Report;
import dev.temper.web.launch.PlatformProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole of it on one machine: what is shown is true at each moment, and the ledger adds up whatever happens. */
@Command(
        name = "fleet",
        description =
                "Two platforms, six workers, four tenants and a thousand jobs; a ceiling is lowered and a platform"
                        + " killed on the way.")
public final class FleetBenchmark implements Benchmark {
    private static final List<String> TENANTS = List.of("alpha", "beta", "gamma", "omega");
    private static final List<String> POOLS = List.of("east", "north", "west");
    private static final int WORKERS_A_POOL = 2;
    private static final int DEVICES_A_WORKER = 2;
    private static final int LONG_JOBS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(40);

    @Option(names = "--jobs", description = "How many (default: ${DEFAULT-VALUE}).", defaultValue = "1000")
    private int jobs;

    @Option(names = "--keep", description = "Leave the folder with the logs.")
    private boolean keep;

    @Override
    public Report call() throws IOException, InterruptedException, SQLException {
        Path folder = Files.createTempDirectory("temper-bench-fleet");
        try (var database = new RealDatabase()) {
            return play(database, folder);
        } finally {
            if (keep) {
                System.err.println("Logs: " + folder);
            } else {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }

    private Report play(RealDatabase database, Path folder) throws IOException, InterruptedException, SQLException {
        Path blobs = Files.createDirectory(folder.resolve("blobs"));
        int workers = POOLS.size() * WORKERS_A_POOL;
        Founding founding = Founding.on(database, blobs, TENANTS, POOLS, WORKERS_A_POOL * DEVICES_A_WORKER, workers);
        var replicas = List.of(
                new Replica(database, folder.resolve("replica-1"), blobs),
                new Replica(database, folder.resolve("replica-2"), blobs));
        List<URI> addresses = replicas.stream().map(Replica::address).toList();
        List<Machine> machines = new ArrayList<>();
        Map<Founding.Tenant, Face> faces = new LinkedHashMap<>();
        try (var connection = database.superuser()) {
            for (Replica replica : replicas) {
                replica.start();
            }
            for (int i = 0; i < workers; i++) {
                machines.add(Machine.start(
                        addresses.get(i % addresses.size()),
                        founding.tokens().get(i),
                        folder.resolve("worker-" + i),
                        "worker-" + i,
                        POOLS.get(i / WORKERS_A_POOL),
                        DEVICES_A_WORKER));
            }
            founding.tenants().forEach(tenant -> faces.put(tenant, Face.withKey(addresses, tenant.key())));
            try (Face admin = Face.signedIn(addresses, Founding.ADMIN, Founding.PASSWORD)) {
                var truth = new Truth(connection);
                until("all workers are there", truth, "select (count(*) = %d)::int from nodes".formatted(workers));
                return new Play(founding, replicas, admin, faces, truth).run();
            }
        } finally {
            faces.values().forEach(Face::close);
            machines.forEach(Machine::close);
            for (Replica replica : replicas) {
                replica.close();
            }
        }
    }

    /** A platform that can be killed and started again at the same address. */
    private static final class Replica implements AutoCloseable {
        private final List<String> options = new ArrayList<>();
        private final Path data;
        private final int port;
        private PlatformProcess process;

        @SuppressWarnings("NullAway.Init") // started before it is asked for
        Replica(RealDatabase database, Path data, Path blobs) throws IOException {
            this.data = data;
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                this.port = free.getLocalPort();
            }
            options.addAll(List.of("--no-worker", "--port", Integer.toString(port)));
            Stream.concat(database.settings().stream(), Stream.of("temper.blobs.folder=" + blobs))
                    .forEach(setting -> options.addAll(List.of("--set", setting)));
        }

        URI address() {
            return URI.create("http://localhost:" + port);
        }

        void start() throws IOException {
            process = PlatformProcess.up(Checkout.command(), data, options.toArray(String[]::new));
            process.url();
        }

        void kill() throws InterruptedException {
            process.kill();
        }

        @Override
        public void close() {
            if (process != null) {
                process.close();
            }
        }
    }

    private static void until(String what, Truth truth, String condition) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (truth.number(condition) == 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Not in time: " + what);
            }
            Thread.sleep(100);
        }
    }

    /** What happens, in its order. */
    private final class Play {
        private static final String ENDED = "select (count(*) >= %d)::int from jobs where ended_at is not null";
        private static final String HELD = """
                select (count(*) %s %d)::int from device_leases l
                join tenants t on t.id = l.tenant_id join pools p on p.id = l.pool_id
                where l.held_until is null and t.slug = '%s' and p.name = '%s'
                """;

        private final Founding founding;
        private final List<Replica> replicas;
        private final Face admin;
        private final Map<Founding.Tenant, Face> faces;
        private final Truth truth;
        private final Report.Builder report = Report.of("fleet");

        Play(Founding founding, List<Replica> replicas, Face admin, Map<Founding.Tenant, Face> faces, Truth truth) {
            this.founding = founding;
            this.replicas = replicas;
            this.admin = admin;
            this.faces = faces;
            this.truth = truth;
        }

        Report run() throws IOException, InterruptedException, SQLException {
            Thread watching = Thread.ofVirtual().start(this::watch);
            long begin = System.nanoTime();
            longJobs();
            submit();
            lowerAndRaise();
            until("a third has ended", truth, ENDED.formatted(jobs / 3));
            killOne();
            until("all have ended", truth, ENDED.formatted(jobs));
            until("all is given back", truth, "select (count(*) = 0)::int from device_leases where held_until is null");
            double seconds = since(begin);
            watching.interrupt();
            watching.join();
            return told(seconds);
        }

        private void watch() {
            try {
                while (true) {
                    try {
                        truth.look(admin, faces);
                    } catch (IOException | SQLException e) {
                        System.err.println("A look failed: " + e);
                    }
                    Thread.sleep(BETWEEN_LOOKS);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        /** Whose tenant is guaranteed nothing: all they hold is borrowed. */
        private Founding.Tenant borrower() {
            return founding.tenants().getLast();
        }

        private void longJobs() throws IOException, InterruptedException, SQLException {
            for (int i = 0; i < LONG_JOBS; i++) {
                submit(borrower(), "long", POOLS.getLast(), 2_400, 1, 0);
            }
            until("they run", truth, """
                    select (count(*) = %d)::int from jobs where name = 'long' and state = 'RUNNING'
                    """.formatted(LONG_JOBS));
        }

        private void submit() throws IOException, InterruptedException {
            var random = new Random(7);
            for (int i = LONG_JOBS; i < jobs; i++) {
                Founding.Tenant tenant = founding.tenants().get(random.nextInt(TENANTS.size()));
                String pool = POOLS.get(random.nextInt(POOLS.size()));
                int luck = random.nextInt(50);
                submit(tenant, "job " + i, pool, 10 + random.nextInt(30), luck == 0 ? 2 : 1, luck == 1 ? 5 : 0);
            }
        }

        private void submit(Founding.Tenant tenant, String name, String pool, int steps, int devices, int failAt)
                throws IOException, InterruptedException {
            Objects.requireNonNull(faces.get(tenant)).send("POST", "/api/v1/jobs", """
                            {"name": "%s", "kind": "simulated", "pool": "%s", "devices": %d, "estimateSeconds": %d,
                             "spec": {"steps": %d, "stepMillis": 50, "checkpointEvery": %d, "failAt": %d, "failAttempts": 1}}
                            """.formatted(
                            name, pool, devices, Math.max(1, steps / 20), steps, Math.max(5, steps / 20), failAt));
        }

        private void lowerAndRaise() throws IOException, InterruptedException, SQLException {
            String pool = POOLS.getLast();
            until(
                    "the borrower holds what it may",
                    truth,
                    HELD.formatted(">=", 2, borrower().slug(), pool));
            report.figure("held by the borrower when its ceiling is lowered", held(), "devices");
            long lowered = System.nanoTime();
            ceiling(1);
            until("it holds one", truth, HELD.formatted("<=", 1, borrower().slug(), pool));
            report.figure("until it holds no more than the new ceiling of 1", since(lowered), "s");
            report.figure("jobs preempted for it", truth.number("""
                    select count(distinct job_id) from job_transitions where reason = 'preempted_ceiling'
                    """), "");
            Thread.sleep(Duration.ofSeconds(10));
            report.figure("held ten seconds later", held(), "devices");
            ceiling(WORKERS_A_POOL * DEVICES_A_WORKER);
        }

        private double held() throws SQLException {
            return truth.number("""
                    select count(*) from device_leases l
                    join tenants t on t.id = l.tenant_id join pools p on p.id = l.pool_id
                    where l.held_until is null and t.slug = '%s' and p.name = '%s'
                    """.formatted(borrower().slug(), POOLS.getLast()));
        }

        private void ceiling(int ceiling) throws IOException, InterruptedException {
            admin.send(
                    "PUT",
                    "/api/v1/quotas/%s/%s"
                            .formatted(
                                    borrower().id(), founding.pools().getLast().id()),
                    "{\"guaranteed\": 0, \"ceiling\": %d}".formatted(ceiling));
        }

        /** The one that plans, if the first is it; or the one half of the workers speak to. */
        private void killOne() throws IOException, InterruptedException, SQLException {
            double before = truth.number("select count(*) from job_transitions");
            replicas.getFirst().kill();
            long killed = System.nanoTime();
            until("jobs go on being assigned", truth, """
                    select (count(*) > 0)::int from job_transitions
                    where to_state = 'ASSIGNED' and at > now() - interval '1 second' and (select count(*) from job_transitions) > %f
                    """.formatted(before + 5));
            report.figure("from a platform's kill -9 to the next plan carried out", since(killed), "s");
            Thread.sleep(Duration.ofSeconds(10));
            long again = System.nanoTime();
            replicas.getFirst().start();
            report.figure("start of the killed platform", since(again), "s");
        }

        private Report told(double seconds) throws IOException, InterruptedException, SQLException {
            report.under("jobs", jobs).under("platforms", replicas.size()).under("tenants", TENANTS.size());
            report.under("workers", POOLS.size() * WORKERS_A_POOL)
                    .under("devices", POOLS.size() * WORKERS_A_POOL * DEVICES_A_WORKER);
            report.figure("from the first submission to the last end", seconds, "s")
                    .figure("looks that compared what is shown with what is kept", truth.looks(), "")
                    .figure("looks at what moved meanwhile", truth.moved(), "")
                    .figure("looks that found a difference", truth.wrong().size(), "");
            truth.wrong().forEach(System.err::println);
            for (String state : List.of("SUCCEEDED", "FAILED", "CANCELLED")) {
                report.figure(
                        "jobs " + state.toLowerCase(Locale.ROOT),
                        truth.number("select count(*) from jobs where state = '%s'".formatted(state)),
                        "");
            }
            report.figure("jobs that ended other than once", truth.number("""
                            select count(*) from (select job_id from job_transitions
                                where to_state in ('SUCCEEDED', 'FAILED', 'CANCELLED')
                                group by job_id having count(*) <> 1) twice
                            """), "")
                    .figure("attempts", truth.number("select count(*) from job_attempts"), "")
                    .figure("attempts lost", truth.number("""
                                    select count(*) from job_attempts where end_reason in ('worker_lost', 'lease_expired')
                                    """), "")
                    .figure("preempted jobs that went on and succeeded", truth.number("""
                            select count(*) from jobs j where state = 'SUCCEEDED' and exists (
                                select from job_transitions t where t.job_id = j.id and t.reason = 'preempted_ceiling')
                            """), "")
                    .figure("steps done twice by those (after their last checkpoint)", truth.number("""
                            select count(*) - count(distinct (e.job_id, e.body ->> 'step')) from job_events e
                            join jobs j on j.id = e.job_id where j.name = 'long' and lower(e.type) = 'metrics'
                            """), "")
                    .figure("gaps in the events of an attempt", truth.number("""
                            select count(*) from (select job_id, fence from job_events
                                group by job_id, fence having max(seq) <> count(*)) gaps
                            """), "")
                    .figure("devices held twice at once", truth.number("""
                            select count(*) from device_leases a join device_leases b on a.device_id = b.device_id
                                and a.id < b.id and a.held_from < b.held_until and b.held_from < a.held_until
                            """), "")
                    .figure("sum of the leases", truth.number("""
                            select sum(extract(epoch from held_until - held_from)) from device_leases
                            """), "s")
                    .figure("sum of the ledger", truth.number("""
                            select sum(extract(epoch from stops_at - starts_at)) from ledger_entries
                            """), "s")
                    .figure(
                            "sum of the ledger's days",
                            truth.number("select sum(device_seconds) from ledger_days"),
                            "s")
                    .figure("sum that REST tells the tenants", rest(), "s");
            return report.build();
        }

        private double rest() throws IOException, InterruptedException {
            double sum = 0;
            for (Face face : faces.values()) {
                for (var row : face.get("/api/v1/ledger/sums?by=pool")) {
                    sum += row.path("deviceSeconds").asDouble();
                }
            }
            return sum;
        }

        private static double since(long begin) {
            return (System.nanoTime() - begin) / 1e9;
        }
    }
}
