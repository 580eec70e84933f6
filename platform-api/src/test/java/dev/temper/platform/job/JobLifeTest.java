package dev.temper.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.resource.DeviceView;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.tenant.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

/** What becomes of a job, by everybody's hands: its owner's, the scheduler's, its worker's. */
@PlatformTest
class JobLifeTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

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
    private JobFiles files;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private SettableClock clock;

    private Inhabitant owner;
    private PoolView pool;
    private NodeView node;

    @BeforeEach
    void aNode() {
        owner = world.owner();
        pool = fleet.pool(100);
        node = fleet.node(pool, 4);
    }

    @Test
    void goesFromTheQueueToItsEnd() {
        JobView job = fleet.submit(owner, pool, 2);
        long fence = fleet.assign(job, node);

        ClaimedRun run = claim();
        assertThat(run.fence()).isEqualTo(fence);
        assertThat(run.tenantId()).isEqualTo(owner.tenant().id());
        assertThat(run.devices()).extracting(DeviceView::slot).containsExactly(0, 1);
        assertThat(run.checkpoint()).isNull();
        assertThat(runs.claim(node.id(), List.of("trial"), LEASE)).isEmpty();
        runs.started(node.id(), fence);
        runs.started(node.id(), fence);
        assertThat(runs.renew(node.id(), fence, LEASE)).isEqualTo(RunDirective.CONTINUE);
        owner.does(() -> jobs.checkpoint(job.id()));
        assertThat(runs.renew(node.id(), fence, LEASE)).isEqualTo(RunDirective.CHECKPOINT);
        runs.checkpointed(node.id(), fence, new Checkpoint(10, "c10"));
        assertThat(runs.renew(node.id(), fence, LEASE)).isEqualTo(RunDirective.CONTINUE);
        assertThat(runs.finished(node.id(), fence, new RunEnd.Succeeded())).isTrue();
        assertThat(runs.finished(node.id(), fence, new RunEnd.Succeeded())).isFalse();

        assertThat(state(job)).isEqualTo(JobState.SUCCEEDED);
        assertThat(held()).isZero();
        assertThat(owner.does(() -> jobs.history(job.id())))
                .extracting(Transition::to)
                .containsExactly(
                        JobState.QUEUED, JobState.ASSIGNED, JobState.STARTING, JobState.RUNNING, JobState.SUCCEEDED);
        assertThatThrownBy(() -> runs.renew(node.id(), fence, LEASE)).hasMessageContaining("fence_stale");
        assertThatThrownBy(() -> runs.finished(node.id(), fence, new RunEnd.Stopped()))
                .hasMessageContaining("fence_stale");
    }

    @Test
    void isPausedAndResumedFromItsCheckpoint() {
        JobView job = fleet.submit(owner, pool, 1);
        long first = running(job);
        runs.checkpointed(node.id(), first, new Checkpoint(7, "c7"));

        owner.does(() -> jobs.pause(job.id()));
        assertThat(runs.renew(node.id(), first, LEASE)).isEqualTo(RunDirective.PAUSE);
        runs.finished(node.id(), first, new RunEnd.Stopped());
        assertThat(state(job)).isEqualTo(JobState.PAUSED);
        assertThat(assignments.assign(
                        job.id(), node.id(), List.of(node.devices().getFirst().id()), false))
                .isEmpty();
        owner.does(() -> jobs.resume(job.id()));
        long second = fleet.assign(job, node);

        assertThat(second).isGreaterThan(first);
        assertThat(claim().checkpoint()).isEqualTo(new Checkpoint(7, "c7"));
        assertThatThrownBy(() -> runs.renew(node.id(), first, LEASE)).hasMessageContaining("fence_stale");
    }

    @Test
    void isCancelledAtAnyState() {
        JobView waiting = fleet.submit(owner, pool, 1);
        JobView assigned = fleet.submit(owner, pool, 1);
        fleet.assign(assigned, node);
        owner.does(() -> jobs.cancel(waiting.id()));
        owner.does(() -> jobs.cancel(assigned.id()));
        assertThat(held()).isZero();

        JobView working = fleet.submit(owner, pool, 1);
        long fence = running(working);
        owner.does(() -> jobs.cancel(working.id()));
        assertThat(owner.does(() -> jobs.cancel(working.id())).state()).isEqualTo(JobState.CANCELLED);
        assertThat(runs.renew(node.id(), fence, LEASE)).isEqualTo(RunDirective.CANCEL);
        assertThat(held()).as("until its worker has stopped it").isEqualTo(1);
        runs.finished(node.id(), fence, new RunEnd.Stopped());

        assertThat(held()).isZero();
        assertThat(List.of(state(waiting), state(assigned), state(working))).containsOnly(JobState.CANCELLED);
    }

    @Test
    void isPreemptedAndKeepsItsAge() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);
        clock.advance(Duration.ofMinutes(5));

        assertThat(assignments.preempt(job.id(), "preempted")).isTrue();
        assertThat(assignments.preempt(job.id(), "preempted")).isFalse();
        assertThat(runs.renew(node.id(), fence, LEASE)).isEqualTo(RunDirective.PREEMPT);
        runs.finished(node.id(), fence, new RunEnd.Stopped());

        JobView after = owner.does(() -> jobs.get(job.id()));
        assertThat(after.state()).isEqualTo(JobState.QUEUED);
        assertThat(after.queuedSince()).isEqualTo(job.queuedSince());
        assertThat(after.retries()).isZero();
        assertThat(after.workedSeconds()).isEqualTo(300);
    }

    @Test
    void isTriedAgainWhenItsWorkerIsLostUntilItHasHadEnough() {
        JobView job = fleet.submit(owner, pool, 1);
        for (int attempt = 1; attempt <= 4; attempt++) {
            NodeView fresh = fleet.node(pool, 1);
            fleet.assign(job, fresh);
            assertThat(runs.claim(fresh.id(), List.of("trial"), LEASE)).isPresent();
            clock.advance(LEASE.plusSeconds(1));
            runs.expire();
            assertThat(state(job)).isEqualTo(attempt < 4 ? JobState.QUEUED : JobState.FAILED);
            assertThat(Fleet.asAdmin(() -> nodes.get(fresh.id())).sickReason())
                    .as("one bad job does not condemn a node")
                    .isNull();
        }
        assertThat(owner.does(() -> jobs.get(job.id())).failureClass()).isEqualTo(FailureClass.INTERNAL);
    }

    @Test
    void failsAtOnceThroughItsOwnFault() {
        JobView job = fleet.submit(owner, pool, 1);
        long fence = running(job);

        runs.finished(
                node.id(),
                fence,
                new RunEnd.Failed(
                        new Failure(FailureClass.USER, "loss_diverged", "The loss is NaN.", "Lower the rate.")));

        JobView after = owner.does(() -> jobs.get(job.id()));
        assertThat(after.state()).isEqualTo(JobState.FAILED);
        assertThat(after.failureAdvice()).isEqualTo("Lower the rate.");
        assertThat(after.retries()).isZero();
    }

    @Test
    void aNodeThatLosesDifferentJobsIsTakenOut() {
        for (int i = 0; i < 3; i++) {
            JobView job = fleet.submit(owner, pool, 1);
            runs.lost(node.id(), running(job));
        }

        assertThat(Fleet.asAdmin(() -> nodes.get(node.id())).sickReason()).contains("3");
        JobView next = fleet.submit(owner, pool, 1);
        assertThat(assignments.assign(
                        next.id(), node.id(), List.of(node.devices().getFirst().id()), false))
                .isEmpty();
    }

    @Test
    void nobodyHoldsWhatAnotherHolds() {
        JobView first = fleet.submit(owner, pool, 2);
        JobView second = fleet.submit(owner, pool, 2);
        List<UUID> same = node.devices().stream().limit(2).map(DeviceView::id).toList();

        assertThat(assignments.assign(first.id(), node.id(), same, false)).isPresent();
        assertThat(assignments.assign(second.id(), node.id(), same, true)).isEmpty();
        assertThat(state(second)).isEqualTo(JobState.QUEUED);
    }

    @Test
    void nothingIsGivenOnANodeThatIsSilentOrOfAnotherPool() {
        JobView job = fleet.submit(owner, pool, 1);
        NodeView elsewhere = fleet.node(fleet.pool(100), 1);
        List<UUID> there = List.of(elsewhere.devices().getFirst().id());
        List<UUID> here = List.of(node.devices().getFirst().id());

        assertThat(assignments.assign(job.id(), elsewhere.id(), there, false)).isEmpty();
        clock.advance(Nodes.SILENCE.plusSeconds(1));
        assertThat(assignments.assign(job.id(), node.id(), here, false)).isEmpty();
        nodes.seen(node.id(), List.of());
        assertThat(assignments.assign(job.id(), node.id(), here, false)).isPresent();
    }

    @Test
    void aDrainedNodeGivesItsRunsUp() {
        JobView assigned = fleet.submit(owner, pool, 1);
        JobView working = fleet.submit(owner, pool, 1);
        running(working);
        fleet.assign(assigned, node);

        NodeView now = Fleet.asAdmin(() -> nodes.get(node.id()));
        Fleet.asAdmin(() -> nodes.drain(node.id(), IfMatch.parse("\"v" + now.version() + "\"")));

        assertThat(state(assigned)).isEqualTo(JobState.QUEUED);
        assertThat(state(working)).isEqualTo(JobState.PREEMPTING);
    }

    @Test
    void isRefusedWhereItCouldNeverFit() {
        assertThatThrownBy(() -> fleet.submit(owner, pool, 5))
                .hasMessageContaining("job_above_node")
                .hasMessageContaining("most=4");
        PoolView small = fleet.pool(2);
        fleet.node(small, 8);
        assertThatThrownBy(() -> fleet.submit(owner, small, 3)).hasMessageContaining("job_above_ceiling");
    }

    @Test
    void isItsOwnersAndTheAdminsToChange() {
        Inhabitant one = world.member(owner.tenant(), Role.MEMBER);
        Inhabitant another = world.member(owner.tenant(), Role.MEMBER);
        JobView job = fleet.submit(one, pool, 1);

        assertThatThrownBy(() -> another.does(() -> jobs.cancel(job.id()))).hasMessageContaining("action_not_allowed");
        assertThatThrownBy(() -> world.owner().does(() -> jobs.cancel(job.id())))
                .hasMessageContaining("not_found");
        assertThat(owner.does(() -> jobs.pause(job.id())).state()).isEqualTo(JobState.PAUSED);
        assertThatThrownBy(() -> one.does(() -> jobs.pause(job.id()))).hasMessageContaining("job_state_forbids");
    }

    @Test
    void isClonedWithWhatItsRunsAreGiven() {
        Inhabitant another = world.member(owner.tenant(), Role.MEMBER);
        JobView job = fleet.submit(owner, pool, 1);
        FileRef rows = new FileRef("rows.jsonl", "0".repeat(64), 7);
        owner.does(() -> transactions.execute(_ -> {
            files.become(job.id(), JobFiles.Role.INPUT, List.of(rows));
            files.become(job.id(), JobFiles.Role.OUTPUT, List.of(new FileRef("log", "1".repeat(64), 7)));
            return job;
        }));

        JobView copy = another.does(() -> jobs.clone(job.id(), null));

        assertThat(copy.clonedFrom()).isEqualTo(job.id());
        assertThat(copy.owner()).isEqualTo(another.email());
        assertThat(another.does(() -> files.of(copy.id(), JobFiles.Role.INPUT))).containsExactly(rows);
        assertThat(another.does(() -> files.of(copy.id(), JobFiles.Role.OUTPUT)))
                .isEmpty();
    }

    private ClaimedRun claim() {
        return Fleet.asWorker(node, () -> runs.claim(node.id(), List.of("trial"), LEASE))
                .orElseThrow();
    }

    private long running(JobView job) {
        long fence = fleet.assign(job, node);
        claim();
        runs.started(node.id(), fence);
        return fence;
    }

    private JobState state(JobView job) {
        return owner.does(() -> jobs.get(job.id())).state();
    }

    private long held() {
        return Fleet.asAdmin(() -> nodes.get(node.id())).devices().stream()
                .filter(device -> device.jobId() != null)
                .count();
    }
}
