package dev.temper.platform.workerlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.temper.contract.link.ArtefactQuery;
import dev.temper.contract.link.ArtefactsHeld;
import dev.temper.contract.link.Directive;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.EventsHeld;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.Heartbeat;
import dev.temper.contract.link.HeartbeatAnswer;
import dev.temper.contract.link.LeaseId;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.LeaseRequest;
import dev.temper.contract.link.LinkMessage;
import dev.temper.contract.link.LinkOperation;
import dev.temper.contract.link.Outcome;
import dev.temper.contract.link.OutcomeKept;
import dev.temper.contract.link.Phase;
import dev.temper.contract.link.Renewal;
import dev.temper.contract.link.RunBeat;
import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.db.TestDatabase;
import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.job.JobEvent;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolView;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the platform makes of what workers say, true or not. */
@PlatformTest
class WorkerLinkTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Map<String, String> BYTES = Map.of("Content-Type", "application/octet-stream");

    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Runs runs;

    @Autowired
    private Nodes nodes;

    @Autowired
    private JobEvents events;

    @Autowired
    private EnrolmentTokens tokens;

    @Autowired
    private Arrivals arrivals;

    @Autowired
    private TestDatabase database;

    @Autowired
    private HikariDataSource connections;

    @Autowired
    private SettableClock clock;

    @LocalServerPort
    private int port;

    private Inhabitant owner;
    private PoolView pool;
    private TestWorker worker;
    private NodeView node;

    @BeforeEach
    void aWorker() {
        owner = world.owner();
        pool = fleet.pool(100);
        worker = enrolled();
        node = Fleet.asAdmin(() -> nodes.get(worker.id()));
    }

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void aRunGoesFromItsOfferToItsOutcome() {
        assertThat(node.pool()).isEqualTo(pool.name());
        JobView job = fleet.submit(owner, pool, 2);
        long fence = fleet.assign(job, node);

        LeaseOffer offer = lease();
        assertThat(offer.lease()).isEqualTo(new LeaseId(job.id(), fence));
        assertThat(offer.devices()).containsExactly("sim-0", "sim-1");
        assertThat(offer.spec().path("steps").asInt()).isEqualTo(1);
        assertThat(tell(job, fence, 1, new WorkerEvent.Phased(Phase.RUNNING, null), notice("one")))
                .isEqualTo(new EventsHeld(2, false));
        assertThat(state(job)).isEqualTo(JobState.RUNNING);
        assertThat(beat(new LeaseId(job.id(), fence), 0).runs())
                .extracting(Renewal::directive)
                .containsExactly(Directive.CONTINUE);

        Outcome outcome = new Outcome(fence, 2, Outcome.Result.SUCCEEDED, null, List.of());
        assertThat(ask(LinkOperation.OUTCOME, outcome, OutcomeKept.class, job.id())
                        .again())
                .isFalse();
        assertThat(ask(LinkOperation.OUTCOME, outcome, OutcomeKept.class, job.id())
                        .again())
                .isTrue();
        assertThat(state(job)).isEqualTo(JobState.SUCCEEDED);
        assertThat(Fleet.asAdmin(() -> nodes.get(node.id())).devices()).allMatch(device -> device.jobId() == null);
    }

    @Test
    void anOfferThatGotLostIsMadeAgainAndOneThatWasLostByTheWorkerIsNot() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = fleet.assign(job, node);

        assertThat(lease().lease().fence()).isEqualTo(fence);
        assertThat(lease().lease().fence()).as("nothing was told of it yet").isEqualTo(fence);
        assertThat(noLease(new LeaseId(job.id(), fence)))
                .as("the worker has it")
                .isTrue();
        tell(job, fence, 1, notice("begun"));
        assertThat(noLease()).as("what the worker had told it has forgotten").isTrue();

        assertThat(state(job)).isEqualTo(JobState.QUEUED);
    }

    @Test
    void aWorkerIsGivenOnlyWhatItSaysItRuns() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = fleet.assign(job, node);

        LeaseRequest another = new LeaseRequest(0, List.of("another"), List.of());
        assertThat(worker.send(LinkOperation.LEASE, another).statusCode()).isEqualTo(204);
        assertThat(state(job)).isEqualTo(JobState.ASSIGNED);
        assertThat(lease().lease().fence()).isEqualTo(fence);
    }

    @Test
    void whoWaitsIsAnsweredAsSoonAsThereIsSomething() throws Exception {
        JobView job = fleet.submit(owner, pool, 1);
        var waiting = CompletableFuture.supplyAsync(() ->
                ask(LinkOperation.LEASE, new LeaseRequest(20_000, List.of("trial"), List.of()), LeaseOffer.class));
        long fence = fleet.assign(job, node);
        assertThat(waiting.get(10, TimeUnit.SECONDS).lease().fence()).isEqualTo(fence);

        var beating = CompletableFuture.supplyAsync(() -> beat(new LeaseId(job.id(), fence), 20_000));
        owner.does(() -> jobs.cancel(job.id()));
        assertThat(beating.get(10, TimeUnit.SECONDS).runs())
                .extracting(Renewal::directive)
                .containsExactly(Directive.CANCEL);
    }

    @Test
    void eventsAreKeptOnceWhateverComesTwiceOrTooEarly() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);

        assertThat(tell(job, fence, 3, notice("3")).highest()).as("a gap").isZero();
        assertThat(tell(job, fence, 1, notice("1"), notice("2")).highest()).isEqualTo(2);
        assertThat(tell(job, fence, 1, notice("1"), notice("2"), notice("3")).highest())
                .isEqualTo(3);
        assertThat(tell(job, fence, 1, notice("other"), notice("other")).highest())
                .isEqualTo(3);
        assertThat(story(job))
                .extracting(JobEvent::body)
                .satisfiesExactly(
                        one -> assertThat(one).contains("\"1\""),
                        two -> assertThat(two).contains("\"2\""),
                        three -> assertThat(three).contains("\"3\""));
    }

    @Test
    void aWorkersClockMayBeWrong() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);
        Instant wrong = clock.instant().plus(Duration.ofHours(1));

        ask(
                LinkOperation.EVENTS,
                new EventBatch(fence, wrong, 1, List.of(new TimedEvent(wrong.minusSeconds(5), notice("x")))),
                EventsHeld.class,
                job.id());

        assertThat(story(job).getFirst().at()).isEqualTo(clock.instant().minusSeconds(5));
    }

    @Test
    void afterItsLeaseAWorkerMayTellButNotChangeAnything() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);
        clock.advance(Duration.ofSeconds(90));
        runs.expire();

        assertThat(state(job)).isEqualTo(JobState.QUEUED);
        assertThat(beat(new LeaseId(job.id(), fence), 0).lost()).containsExactly(new LeaseId(job.id(), fence));
        assertThat(tell(job, fence, 1, new WorkerEvent.Phased(Phase.RUNNING, null)))
                .isEqualTo(new EventsHeld(1, true));
        assertThat(code(worker.send(
                        LinkOperation.OUTCOME,
                        new Outcome(fence, 1, Outcome.Result.SUCCEEDED, null, List.of()),
                        job.id())))
                .isEqualTo("fence_stale");
        assertThat(state(job)).isEqualTo(JobState.QUEUED);
        assertThat(story(job)).hasSize(1);
    }

    @Test
    void contentsComeInPiecesAndACheckpointGoesToTheNextAttempt() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);
        byte[] content = "the weights of a checkpoint".getBytes(StandardCharsets.UTF_8);
        FileRef file = new FileRef("checkpoint-5/weights", sha256(content), content.length);

        assertThat(missing(job, fence, file)).isEqualTo(Map.of(file.sha256(), 0L));
        assertThat(put(job, file.sha256(), content, 0, 10).statusCode()).isEqualTo(204);
        assertThat(missing(job, fence, file)).isEqualTo(Map.of(file.sha256(), 10L));
        assertThat(arrivals.sweep(Instant.now().minusSeconds(60)))
                .as("it may still go on")
                .isZero();
        HttpResponse<byte[]> again = put(job, file.sha256(), content, 0, 10);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.headers().firstValue("Temper-Held")).contains("10");
        assertThat(put(job, file.sha256(), content, 10, content.length).statusCode())
                .isEqualTo(204);
        assertThat(missing(job, fence, file)).isEmpty();

        tell(job, fence, 1, new WorkerEvent.Checkpoint(5, List.of(file)));
        assertThat(owner.does(() -> jobs.get(job.id())).checkpointStep()).isEqualTo(5);
        clock.advance(Duration.ofSeconds(90));
        runs.expire();
        clock.advance(Duration.ofMinutes(5));
        // Elsewhere: a job does not come back at once to where it was lost.
        try (TestWorker other = enrolled()) {
            long next = fleet.assign(job, Fleet.asAdmin(() -> nodes.get(other.id())));
            assertThat(next).isGreaterThan(fence);
            assertThat(lease(other).files()).containsExactly(file);
            assertThat(other.send(
                                    LinkOperation.FETCH,
                                    new byte[0],
                                    Map.of("Range", "bytes=4-10"),
                                    job.id(),
                                    file.sha256())
                            .body())
                    .isEqualTo("weights".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aContentThatIsNotWhatItSaysIsRefusedAndSoIsAnOutcomeThatLacksOne() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);
        byte[] content = "adapter".getBytes(StandardCharsets.UTF_8);
        FileRef file = new FileRef("adapter.safetensors", sha256(content), content.length);
        Outcome outcome = new Outcome(fence, 0, Outcome.Result.SUCCEEDED, null, List.of(file));

        assertThat(code(put(job, file.sha256(), "ADAPTER".getBytes(StandardCharsets.UTF_8), 0, 7)))
                .isEqualTo("upload_damaged");
        assertThat(missing(job, fence, file)).isEqualTo(Map.of(file.sha256(), 0L));
        put(job, file.sha256(), content, 0, 3);
        assertThat(arrivals.sweep(Instant.now().plusSeconds(60)))
                .as("left for good")
                .isPositive();
        assertThat(missing(job, fence, file)).isEqualTo(Map.of(file.sha256(), 0L));
        assertThat(code(worker.send(LinkOperation.OUTCOME, outcome, job.id()))).isEqualTo("artefacts_missing");
        assertThat(code(worker.send(
                        LinkOperation.OUTCOME,
                        new Outcome(fence, 9, Outcome.Result.SUCCEEDED, null, List.of()),
                        job.id())))
                .isEqualTo("events_missing");
        put(job, file.sha256(), content, 0, content.length);
        ask(LinkOperation.OUTCOME, outcome, OutcomeKept.class, job.id());
        assertThat(state(job)).isEqualTo(JobState.SUCCEEDED);
    }

    /** One of its processes is killed, so that PostgreSQL ends all others and recovers from its log. */
    @Test
    void aDatabaseThatCrashesForgetsNothingOfWhatItAnswered() throws Exception {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);
        assertThat(tell(job, fence, 1, new WorkerEvent.Phased(Phase.RUNNING, null), notice("2")))
                .isEqualTo(new EventsHeld(2, false));
        try (Connection connection = database.asSuperuser();
                var statement = connection.createStatement()) {
            // The tests' database does not wait for its disk as a real one does.
            statement.execute("checkpoint");
            var answer = statement.executeQuery("select pg_backend_pid()");
            answer.next();
            Optional<ProcessHandle> process = ProcessHandle.of(answer.getLong(1))
                    .filter(found -> found.info().command().orElse("").contains("postgres"));
            assumeTrue(process.isPresent(), "the database runs on another machine");
            process.orElseThrow().destroyForcibly();
        }

        EventBatch next = new EventBatch(
                fence,
                clock.instant(),
                1,
                Stream.of(new WorkerEvent.Phased(Phase.RUNNING, null), notice("2"), notice("3"))
                        .map(event -> new TimedEvent(clock.instant(), event))
                        .toList());
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (worker.send(LinkOperation.EVENTS, next, job.id()).statusCode() != 200) {
            assertThat(System.nanoTime()).as("not back in time").isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
        // The pool hands out unasked what was used in the last half second, and a database may be back sooner.
        connections.getHikariPoolMXBean().softEvictConnections();
        assertThat(story(job)).extracting(JobEvent::seq).containsExactly(1L, 2L, 3L);
        assertThat(beat(new LeaseId(job.id(), fence), 0).lost()).isEmpty();
        assertThat(state(job)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aTokenIsGoodForOneMachine() {
        String token = token();
        String name = "machine-" + NUMBER.incrementAndGet();
        try (var first = new TestWorker(port);
                var second = new TestWorker(port)) {
            first.enrol(token, name, pool.name(), 1);
            UUID once = first.id();
            first.enrol(token, name, pool.name(), 1);
            assertThat(first.id()).as("the answer was lost").isEqualTo(once);
            assertThat(code(second.send(LinkOperation.ENROL, TestWorker.enrolment(token, name + "b", pool.name(), 1))))
                    .isEqualTo("enrolment_token_not_accepted");
            first.send(LinkOperation.LEASE, new LeaseRequest(0, List.of("trial"), List.of()));
            assertThat(code(second.send(LinkOperation.ENROL, TestWorker.enrolment(token, name, pool.name(), 1))))
                    .as("its answer was used")
                    .isEqualTo("enrolment_token_not_accepted");
            String late = token();
            clock.advance(Duration.ofHours(25));
            assertThat(code(second.send(LinkOperation.ENROL, TestWorker.enrolment(late, "late", pool.name(), 1))))
                    .isEqualTo("enrolment_token_not_accepted");
        }
    }

    @Test
    void anothersRunIsOutOfReach() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);
        byte[] content = "stolen".getBytes(StandardCharsets.UTF_8);
        FileRef file = new FileRef("a", sha256(content), content.length);
        try (TestWorker stranger = enrolled()) {
            List<HttpResponse<byte[]>> answers = List.of(
                    stranger.send(LinkOperation.EVENTS, new EventBatch(fence, clock.instant(), 1, List.of()), job.id()),
                    stranger.send(LinkOperation.ARTEFACTS, new ArtefactQuery(fence, List.of(file)), job.id()),
                    stranger.send(LinkOperation.SEND, content, BYTES, job.id(), file.sha256()),
                    stranger.send(LinkOperation.FETCH, new byte[0], Map.of(), job.id(), file.sha256()),
                    stranger.send(
                            LinkOperation.OUTCOME,
                            new Outcome(fence, 0, Outcome.Result.CANCELLED, null, List.of()),
                            job.id()));
            assertThat(answers).extracting(WorkerLinkTest::code).containsOnly("fence_stale");
            assertThat(stranger.ask(
                                    LinkOperation.HEARTBEAT,
                                    new Heartbeat(
                                            List.of(new RunBeat(new LeaseId(job.id(), fence), Phase.RUNNING, 0, null)),
                                            List.of(),
                                            0,
                                            0),
                                    HeartbeatAnswer.class)
                            .lost())
                    .hasSize(1);
        }
        assertThat(story(job)).isEmpty();
        assertThat(state(job)).isEqualTo(JobState.STARTING);
    }

    @Test
    void whatIsNoMessageChangesNothing() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);
        String good =
                "{\"protocol\":\"1.0\",\"fence\":%d,\"sentAt\":\"2026-01-01T00:00:00Z\",\"firstSeq\":1,\"events\":[]}"
                        .formatted(fence);

        assertThat(events(job, good).statusCode()).isEqualTo(200);
        assertThat(code(events(job, good.replace("1.0", "2.0")))).isEqualTo("worker_protocol_unsupported");
        assertThat(events(job, good.replace("1.0", "1.7").replace("{\"protocol", "{\"new\":1,\"protocol"))
                        .statusCode())
                .as("a newer minor version")
                .isEqualTo(200);
        assertThat(code(events(job, good.replace("" + fence, "-1")))).isEqualTo("worker_message_invalid");
        assertThat(code(events(job, good.replace("" + fence, "99999999999999999999999"))))
                .isEqualTo("worker_message_invalid");
        assertThat(code(events(job, "[]"))).isEqualTo("worker_message_invalid");
        assertThat(code(events(job, "{"))).isEqualTo("worker_message_invalid");
        assertThat(code(events(job, "\"" + "x".repeat(2 << 20) + "\""))).isEqualTo("body_too_large");
        try (var nobody = new TestWorker(port)) {
            assertThat(code(nobody.send(LinkOperation.LEASE, new LeaseRequest(0, List.of(), List.of()))))
                    .isEqualTo("worker_not_accepted");
        }
        assertThat(story(job)).isEmpty();
        assertThat(state(job)).isEqualTo(JobState.STARTING);
    }

    @Test
    void aJobOfAKindThatNoWorkerKnowsIsRefusedWhenItIsSubmitted() {
        JobRequest strange = new JobRequest(
                "Job", "simulated", "{\"steps\":1}", pool.name(), 1, Duration.ofMinutes(10), 50, 3, null);
        assertThat(node.runKinds()).isNull();
        JobView before = owner.does(() -> jobs.submit(strange));
        assertThat(before.state()).isEqualTo(JobState.QUEUED);

        assertThat(noLease()).isTrue();
        assertThat(Fleet.asAdmin(() -> nodes.get(worker.id())).runKinds()).containsExactly("trial");
        assertThatThrownBy(() -> owner.does(() -> jobs.submit(strange)))
                .hasMessageContaining("job_kind_without_node")
                .hasMessageContaining("simulated");
        assertThat(fleet.submit(owner, pool, 1).state()).isEqualTo(JobState.QUEUED);
    }

    private TestWorker enrolled() {
        return new TestWorker(port).enrol(token(), "worker-" + NUMBER.incrementAndGet(), pool.name(), 4);
    }

    private String token() {
        return Fleet.asAdmin(() -> tokens.issue(EnrolmentTokens.DEFAULT_LIFE).secret());
    }

    private long running(JobView job) {
        long fence = fleet.assign(job, node);
        assertThat(lease().lease().fence()).isEqualTo(fence);
        return fence;
    }

    private LeaseOffer lease() {
        return lease(worker);
    }

    private static LeaseOffer lease(TestWorker worker) {
        return worker.ask(LinkOperation.LEASE, new LeaseRequest(0, List.of("trial"), List.of()), LeaseOffer.class);
    }

    private boolean noLease(LeaseId... holding) {
        return worker.send(LinkOperation.LEASE, new LeaseRequest(0, List.of("trial"), List.of(holding)))
                        .statusCode()
                == 204;
    }

    private HeartbeatAnswer beat(LeaseId lease, long wait) {
        return ask(
                LinkOperation.HEARTBEAT,
                new Heartbeat(List.of(new RunBeat(lease, Phase.RUNNING, 0, null)), List.of(), 1, wait),
                HeartbeatAnswer.class);
    }

    private EventsHeld tell(JobView job, long fence, long first, WorkerEvent... told) {
        Instant now = clock.instant();
        return ask(
                LinkOperation.EVENTS,
                new EventBatch(
                        fence,
                        now,
                        first,
                        Arrays.stream(told)
                                .map(event -> new TimedEvent(now, event))
                                .toList()),
                EventsHeld.class,
                job.id());
    }

    private HttpResponse<byte[]> events(JobView job, String body) {
        return worker.send(
                LinkOperation.EVENTS,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json"),
                job.id());
    }

    private Map<String, Long> missing(JobView job, long fence, FileRef file) {
        return ask(LinkOperation.ARTEFACTS, new ArtefactQuery(fence, List.of(file)), ArtefactsHeld.class, job.id())
                .missing();
    }

    private HttpResponse<byte[]> put(JobView job, String sha256, byte[] content, int from, int to) {
        return worker.send(
                LinkOperation.SEND,
                Arrays.copyOfRange(content, from, to),
                Map.of(
                        "Content-Type",
                        "application/octet-stream",
                        "Content-Range",
                        "bytes %d-%d/%d".formatted(from, to - 1, content.length)),
                job.id(),
                sha256);
    }

    private <T extends LinkMessage> T ask(
            LinkOperation operation, LinkMessage message, Class<T> answer, Object... places) {
        return worker.ask(operation, message, answer, places);
    }

    private List<JobEvent> story(JobView job) {
        return owner.does(() -> events.after(job.id(), 0, 100));
    }

    private JobState state(JobView job) {
        return owner.does(() -> jobs.get(job.id())).state();
    }

    private static WorkerEvent notice(String text) {
        return new WorkerEvent.Notice(text);
    }

    private static String code(HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return body.replaceFirst("(?s).*\"code\":\"([a-z_]+)\".*", "$1");
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
