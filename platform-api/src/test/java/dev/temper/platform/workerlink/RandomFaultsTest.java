package dev.temper.platform.workerlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.contract.link.Directive;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.EventsHeld;
import dev.temper.contract.link.Failure;
import dev.temper.contract.link.Heartbeat;
import dev.temper.contract.link.HeartbeatAnswer;
import dev.temper.contract.link.LeaseId;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.LeaseRequest;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.LinkMessage;
import dev.temper.contract.link.LinkOperation;
import dev.temper.contract.link.Outcome;
import dev.temper.contract.link.Outcome.Result;
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
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.job.Assignments;
import dev.temper.platform.job.JobEvent;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.Runs;
import dev.temper.platform.job.Transition;
import dev.temper.platform.resource.DeviceView;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolView;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A hundred jobs on six workers whose answers get lost, whose requests come twice, late and out of order, that forget what
 * they had, go on with leases that are over, and are told to cancel and pause meanwhile. The same each time, by a seed;
 * {@code -Dtemper.faults.seed} and {@code -Dtemper.faults.jobs} make it another or a longer one.
 */
@PlatformTest
class RandomFaultsTest {
    private static final long SEED = Long.getLong("temper.faults.seed", 20_261);
    private static final int JOBS = Integer.getInteger("temper.faults.jobs", 100);
    private static final int WORKERS = 6;
    private static final int DEVICES = 4;

    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Assignments assignments;

    @Autowired
    private Runs runs;

    @Autowired
    private Nodes nodes;

    @Autowired
    private JobEvents events;

    @Autowired
    private EnrolmentTokens tokens;

    @Autowired
    private SettableClock clock;

    @Autowired
    private TestDatabase database;

    @LocalServerPort
    private int port;

    private final Random chance = new Random(SEED);
    private final List<Machine> machines = new ArrayList<>();
    private final List<JobView> submitted = new ArrayList<>();
    private final List<Runnable> late = new ArrayList<>();
    private Inhabitant owner;
    private PoolView pool;

    @BeforeEach
    void aFleet() {
        owner = world.owner();
        pool = fleet.pool(1_000);
        for (int number = 0; number < WORKERS; number++) {
            String token = Fleet.asAdmin(() -> tokens.issue(Duration.ofDays(30)).secret());
            machines.add(new Machine(
                    new TestWorker(port).enrol(token, "faulty-" + UUID.randomUUID(), pool.name(), DEVICES)));
        }
        for (int number = 0; number < JOBS; number++) {
            submitted.add(fleet.submit(owner, pool, 1 + chance.nextInt(2)));
        }
    }

    @AfterEach
    void close() {
        machines.forEach(machine -> machine.worker.close());
    }

    /** A run as its worker has it: what it tells is known beforehand, so that what arrives can be compared. */
    private static final class Told {
        private final LeaseOffer offer;
        private final List<WorkerEvent> story = new ArrayList<>();
        private final Result result;
        private long held;

        Told(LeaseOffer offer, Random chance) {
            this.offer = offer;
            story.add(new WorkerEvent.Phased(Phase.RUNNING, null));
            IntStream.range(0, chance.nextInt(8))
                    .forEach(step -> story.add(notice(offer.lease().fence(), step + 2)));
            int luck = chance.nextInt(20);
            result = luck == 0 ? Result.FAILED : luck == 1 ? Result.PREEMPTED : Result.SUCCEEDED;
        }

        static WorkerEvent notice(long fence, long seq) {
            return new WorkerEvent.Notice(fence + ":" + seq);
        }
    }

    /** A worker and what it remembers. */
    private final class Machine {
        private final TestWorker worker;
        private final Map<LeaseId, Told> has = new LinkedHashMap<>();
        private boolean cutOff;

        Machine(TestWorker worker) {
            this.worker = worker;
        }

        void act() {
            switch (chance.nextInt(12)) {
                case 0, 1, 2 -> lease();
                case 3, 4, 5, 6 -> any().ifPresent(this::tell);
                case 7, 8 -> beat();
                case 9, 10 -> any().ifPresent(this::finish);
                default -> misfortune();
            }
        }

        private Optional<Told> any() {
            return has.values().stream()
                    .skip(has.isEmpty() ? 0 : chance.nextInt(has.size()))
                    .findFirst();
        }

        private void lease() {
            HttpResponse<byte[]> answer =
                    worker.send(LinkOperation.LEASE, new LeaseRequest(0, List.of("trial"), List.copyOf(has.keySet())));
            if (answer.statusCode() == 200 && !lost()) {
                LeaseOffer offer = LinkJson.read(answer.body(), LeaseOffer.class);
                has.put(offer.lease(), new Told(offer, chance));
            }
        }

        private void tell(Told run) {
            int known = (int) run.held;
            int from = Math.max(0, known - chance.nextInt(3)) + (chance.nextInt(6) == 0 ? 2 : 0);
            int to = Math.min(run.story.size(), from + 1 + chance.nextInt(4));
            if (from >= to) {
                return;
            }
            Instant skewed = clock.instant().plusSeconds(3_600);
            EventBatch batch = new EventBatch(
                    run.offer.lease().fence(),
                    skewed,
                    from + 1,
                    run.story.subList(from, to).stream()
                            .map(event -> new TimedEvent(skewed, event))
                            .toList());
            HttpResponse<byte[]> answer = say(LinkOperation.EVENTS, batch, run);
            if (answer.statusCode() == 200 && !lost()) {
                EventsHeld held = LinkJson.read(answer.body(), EventsHeld.class);
                run.held = held.highest();
                if (held.lost() && !cutOff) {
                    has.remove(run.offer.lease());
                }
            }
        }

        private void finish(Told run) {
            Failure failure = run.result == Result.FAILED
                    ? new Failure(Failure.Cause.INTERNAL, "bad_luck", "Bad luck", "")
                    : null;
            end(run, new Outcome(run.offer.lease().fence(), run.story.size(), run.result, failure, List.of()));
        }

        private void end(Told run, Outcome outcome) {
            HttpResponse<byte[]> answer = say(LinkOperation.OUTCOME, outcome, run);
            boolean stale = answer.statusCode() == 409
                    && new String(answer.body(), StandardCharsets.UTF_8).contains("fence_stale");
            if ((answer.statusCode() == 200 || stale) && !lost()) {
                has.remove(run.offer.lease());
            }
        }

        private void beat() {
            if (cutOff) {
                return;
            }
            List<RunBeat> beats = has.keySet().stream()
                    .map(lease -> new RunBeat(lease, Phase.RUNNING, 0, null))
                    .toList();
            HeartbeatAnswer answer =
                    worker.ask(LinkOperation.HEARTBEAT, new Heartbeat(beats, List.of(), 0, 0), HeartbeatAnswer.class);
            if (lost()) {
                return;
            }
            answer.lost().forEach(has::remove);
            for (Renewal renewal : answer.runs()) {
                Told run = has.get(renewal.lease());
                if (run != null && renewal.directive().stops()) {
                    boolean cancelled = renewal.directive() == Directive.CANCEL;
                    end(
                            run,
                            new Outcome(
                                    renewal.lease().fence(),
                                    run.held,
                                    cancelled ? Result.CANCELLED : Result.PREEMPTED,
                                    null,
                                    List.of()));
                }
            }
        }

        /** What it says is said again later, perhaps. */
        private HttpResponse<byte[]> say(LinkOperation operation, LinkMessage message, Told run) {
            UUID job = run.offer.lease().job();
            if (chance.nextInt(5) == 0) {
                late.add(() -> worker.send(operation, message, job));
            }
            return worker.send(operation, message, job);
        }

        private void misfortune() {
            if (chance.nextInt(8) == 0) {
                has.clear();
            } else if (chance.nextInt(4) == 0) {
                cutOff = !cutOff;
            }
        }

        private boolean lost() {
            return chance.nextInt(8) == 0;
        }
    }

    @Test
    void eachJobEndsOnceAndNothingIsLostDoubledOrKept() throws SQLException {
        int steps = 0;
        while (!allEnded() && steps < JOBS * 60) {
            for (int acts = 0; acts < 60; acts++, steps++) {
                machines.get(chance.nextInt(WORKERS)).act();
                if (!late.isEmpty() && chance.nextInt(6) == 0) {
                    late.remove(chance.nextInt(late.size())).run();
                }
                if (chance.nextInt(25) == 0) {
                    meddle(submitted.get(chance.nextInt(JOBS)));
                }
            }
            clock.advance(Duration.ofSeconds(1 + chance.nextInt(20)));
            runs.expire();
            plan();
        }
        // The last workers may be gone for good: their leases end, and what a cancelled run held comes back.
        clock.advance(Duration.ofMinutes(5));
        runs.expire();
        late.forEach(Runnable::run);

        assertThat(states().values()).as("with the seed " + SEED).allMatch(JobState::ended);
        submitted.forEach(this::endedOnce);
        submitted.forEach(this::toldOnce);
        assertThat(free()).hasSize(WORKERS * DEVICES);
        ledgerIsExact();
    }

    /** As the scheduler would, only simpler. */
    private void plan() throws SQLException {
        for (Machine machine : machines) {
            NodeView node = Fleet.asAdmin(() -> nodes.get(machine.worker.id()));
            if (node.sickReason() != null) {
                Fleet.asAdmin(() -> nodes.makeReady(node.id(), IfMatch.ANY));
            }
        }
        Map<UUID, List<UUID>> free = free().stream()
                .collect(Collectors.groupingBy(
                        DeviceView::nodeId,
                        LinkedHashMap::new,
                        Collectors.mapping(DeviceView::id, Collectors.toCollection(ArrayList::new))));
        Map<UUID, JobState> states = states();
        for (JobView job : submitted) {
            if (states.get(job.id()) == JobState.PAUSED) {
                owner.does(() -> jobs.resume(job.id()));
            } else if (states.get(job.id()) == JobState.QUEUED) {
                free.entrySet().stream()
                        .filter(node -> node.getValue().size() >= job.devices())
                        .findFirst()
                        .ifPresent(node -> give(job, node.getKey(), node.getValue()));
            }
        }
    }

    private void give(JobView job, UUID node, List<UUID> free) {
        List<UUID> taken = List.copyOf(free.subList(0, job.devices()));
        if (assignments.assign(job.id(), node, taken, false).isPresent()) {
            free.removeAll(taken);
        }
    }

    private void meddle(JobView job) {
        try {
            switch (chance.nextInt(6)) {
                case 0 -> owner.does(() -> jobs.cancel(job.id()));
                case 1, 2 -> owner.does(() -> jobs.pause(job.id()));
                default -> assignments.preempt(job.id(), "preempted");
            }
        } catch (Problem _) {
            // It is in no state for that.
        }
    }

    private void endedOnce(JobView job) {
        List<Transition> history = owner.does(() -> jobs.history(job.id()));
        assertThat(history).filteredOn(step -> step.to().ended()).hasSize(1);
        assertThat(history.getLast().to().ended()).isTrue();
    }

    /** Each attempt's story is the beginning of what its worker had to say. */
    private void toldOnce(JobView job) {
        Map<Long, List<JobEvent>> attempts = owner.does(() -> events.after(job.id(), 0, 10_000)).stream()
                .collect(Collectors.groupingBy(JobEvent::fence));
        attempts.forEach((fence, story) -> {
            assertThat(story)
                    .extracting(JobEvent::seq)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, story.size())
                            .mapToObj(Long::valueOf)
                            .toList());
            story.stream()
                    .skip(1)
                    .forEach(event -> assertThat(event.body()).contains("\"" + fence + ":" + event.seq() + "\""));
        });
    }

    private void ledgerIsExact() throws SQLException {
        try (Connection superuser = database.asSuperuser();
                var statement = superuser.createStatement();
                var rows = statement.executeQuery("""
                        select count(*), count(*) filter (where l.held_until is null),
                               count(*) filter (where l.held_until - l.held_from <> coalesce(
                                   (select sum(e.stops_at - e.starts_at) from ledger_entries e where e.lease_id = l.id),
                                   interval '0')),
                               count(*) filter (where exists (
                                   select from device_leases o where o.device_id = l.device_id and o.id <> l.id
                                   and o.held_from < l.held_until and o.held_until > l.held_from))
                        from device_leases l where l.pool_id = '%s'
                        """.formatted(pool.id()))) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).as("leases").isGreaterThan(JOBS / 2);
            assertThat(rows.getLong(2)).as("still held").isZero();
            assertThat(rows.getLong(3)).as("not as the ledger says").isZero();
            assertThat(rows.getLong(4)).as("held twice at once").isZero();
        }
    }

    private List<DeviceView> free() {
        return machines.stream()
                .flatMap(machine -> Fleet.asAdmin(() -> nodes.get(machine.worker.id())).devices().stream())
                .filter(device -> device.jobId() == null)
                .toList();
    }

    private boolean allEnded() throws SQLException {
        return states().values().stream().allMatch(JobState::ended);
    }

    private Map<UUID, JobState> states() throws SQLException {
        try (Connection superuser = database.asSuperuser();
                var statement = superuser.createStatement();
                var rows = statement.executeQuery(
                        "select id, state from jobs where pool_id = '%s'".formatted(pool.id()))) {
            Map<UUID, JobState> states = new LinkedHashMap<>();
            while (rows.next()) {
                states.put(rows.getObject(1, UUID.class), JobState.valueOf(rows.getString(2)));
            }
            return states;
        }
    }
}
