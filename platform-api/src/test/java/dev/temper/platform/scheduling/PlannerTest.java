package dev.temper.platform.scheduling;

import static dev.temper.platform.scheduling.Scene.NOW;
import static dev.temper.platform.scheduling.Scene.POOL;
import static dev.temper.platform.scheduling.Scene.id;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.scheduling.ClusterSnapshot.NodeAvailability;
import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import dev.temper.platform.scheduling.ClusterSnapshot.Quota;
import dev.temper.platform.scheduling.ClusterSnapshot.Running;
import dev.temper.platform.scheduling.Decision.Preempt;
import dev.temper.platform.scheduling.Decision.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {
    @Test
    void aJobTakesTheNodeWhereTheFewestDevicesAreLeftOver() {
        var plan = new Scene()
                .node("big", 8)
                .node("small", 4)
                .waits("a", "job", 3, 50, ofHours(1), ofMinutes(1))
                .plan();

        assertThat(plan.of("job"))
                .isEqualTo(new Start(id("job"), List.of(id("small/0"), id("small/1"), id("small/2")), true, false));
    }

    @Test
    void aJobStartsOnOneNodeOrNotAtAllUnlessItCanRunAcrossNodes() {
        var scene = new Scene()
                .node("one", 4)
                .node("two", 4)
                .runs("b", "holder", "one", 0, 1, 50, ofHours(2))
                .runs("b", "other", "two", 0, 1, 50, ofHours(3))
                .waits("a", "job", 4, 50, ofHours(1), ofMinutes(1));

        var wait = scene.plan().wait("job");

        assertThat(wait.why()).isEqualTo(new Waiting.DevicesBusy(4, 6, 3));
        assertThat(wait.estimatedStart()).isEqualTo(NOW.plus(ofHours(2)));

        scene.waits("a", "wide", 6, 60, ofHours(1), ofMinutes(1), PlannerTest::acrossNodes);
        assertThat(scene.plan().started()).containsExactly(id("wide"));
    }

    @Test
    void aJobGetsDevicesOfTheKindItWantsAndNeverOfTwo() {
        var kinds = List.of(
                new ClusterSnapshot.Device(id("card"), true, DeviceKind.NVIDIA),
                new ClusterSnapshot.Device(id("host"), true, DeviceKind.CPU));
        var cluster = new Scene()
                .waits("a", "on a card", 1, 50, ofHours(1), ofMinutes(3), job -> of(DeviceKind.NVIDIA, job))
                .waits("a", "another", 1, 50, ofHours(1), ofMinutes(2), job -> of(DeviceKind.NVIDIA, job))
                .waits("a", "on both", 2, 50, ofHours(1), ofMinutes(1))
                .node(new ClusterSnapshot.Node(id("mixed"), POOL, NodeAvailability.OPEN, kinds))
                .plan();

        assertThat(cluster.of("on a card")).isEqualTo(new Start(id("on a card"), List.of(id("card")), true, false));
        assertThat(cluster.wait("another").why()).isEqualTo(new Waiting.DevicesBusy(1, 0, 0));
        assertThat(cluster.wait("on both").why()).isEqualTo(new Waiting.NeverFits(2, 1));
    }

    @Test
    void aJobRunsOnlyWhereItsKindIsKnownOrNobodySaidWhatIs() {
        var plan = new Scene()
                .node(knowing("trains", Set.of("train")))
                .node(knowing("exports", Set.of("export", "train")))
                .node("silent", 1)
                .waits("a", "first", 1, 50, ofHours(1), ofMinutes(3), job -> of("export", job))
                .waits("a", "second", 1, 50, ofHours(1), ofMinutes(2), job -> of("export", job))
                .waits("a", "third", 1, 50, ofHours(1), ofMinutes(1), job -> of("export", job))
                .plan();
        assertThat(plan.started()).containsExactly(id("first"), id("second"));
        assertThat(plan.wait("third").why()).isEqualTo(new Waiting.DevicesBusy(1, 0, 0));

        var nowhere = new Scene()
                .node(knowing("trains", Set.of("train")))
                .waits("a", "strange", 1, 50, ofHours(1), ofMinutes(1), job -> of("export", job))
                .waits("a", "usual", 1, 50, ofHours(1), ofMinutes(1))
                .plan();
        assertThat(nowhere.wait("strange").why()).isEqualTo(new Waiting.NoNodeCan("export"));
        assertThat(nowhere.wait("strange").estimatedStart()).isNull();
        assertThat(nowhere.started()).containsExactly(id("usual"));
    }

    private static ClusterSnapshot.Node knowing(String name, Set<String> kinds) {
        var device = new ClusterSnapshot.Device(id(name + "/0"), true, DeviceKind.NVIDIA);
        return new ClusterSnapshot.Node(id(name), POOL, NodeAvailability.OPEN, kinds, List.of(device));
    }

    @Test
    void guaranteedGoesBeforeBorrowedThenPriorityThenShareThenAge() {
        var plan = new Scene()
                .node("n", 5)
                .quota("owner", 1, 8)
                .used("greedy", 1e6)
                .waits("greedy", "urgent", 1, 90, ofHours(1), ofMinutes(1))
                .waits("greedy", "greedy's", 1, 50, ofHours(1), ofMinutes(9))
                .waits("modest", "modest's", 1, 50, ofHours(1), ofMinutes(2))
                .waits("humble", "humble's", 1, 50, ofHours(1), ofMinutes(3))
                .waits("owner", "owned", 1, 10, ofHours(1), ofMinutes(1))
                .plan();

        assertThat(plan.started())
                .containsExactly(id("owned"), id("urgent"), id("humble's"), id("modest's"), id("greedy's"));
    }

    @Test
    void whatStartsCountsAtOnceSoThatTenantsTakeTurns() {
        var plan = new Scene()
                .node("n", 4)
                .waits("a", "a1", 1, 50, ofHours(1), ofMinutes(9))
                .waits("a", "a2", 1, 50, ofHours(1), ofMinutes(8))
                .waits("a", "a3", 1, 50, ofHours(1), ofMinutes(7))
                .waits("b", "b1", 1, 50, ofHours(1), ofMinutes(2))
                .waits("b", "b2", 1, 50, ofHours(1), ofMinutes(1))
                .plan();

        assertThat(plan.started()).containsExactly(id("a1"), id("b1"), id("a2"), id("b2"));
        assertThat(plan.wait("a3").position()).isEqualTo(1);
    }

    @Test
    void whoWaitedLongerThanThePatienceGoesBeforeAnyPriority() {
        var plan = new Scene()
                .node("n", 1)
                .used("patient", 1e9)
                .waits("eager", "urgent", 1, 100, ofHours(1), ofHours(2))
                .waits("patient", "old", 1, 0, ofHours(1), ofHours(25))
                .plan();

        assertThat(plan.started()).containsExactly(id("old"));
    }

    @Test
    void rulesOfTheTenantHoldAJobAndSayTheirFacts() {
        var plan = new Scene()
                .node("n", 16)
                .quota("a", 0, 4)
                .quota(quota("b", 8, null, null, 1, Map.of()))
                .quota(quota("c", 8, 3600.0, null, null, Map.of()))
                .quota(quota("d", 8, null, null, null, Map.of(id("d's person"), 2)))
                .runs("a", "a's", "n", 0, 3, 50, ofHours(2))
                .runs("b", "b's", "n", 3, 1, 50, ofHours(3))
                .runs("c", "c's", "n", 4, 1, 50, ofHours(1))
                .runs("d", "d's", "n", 5, 1, 50, ofHours(1))
                .waits("a", "a2", 2, 50, ofHours(1), ofMinutes(1))
                .waits("b", "b2", 1, 50, ofHours(1), ofMinutes(1))
                .waits("c", "c2", 1, 50, ofHours(1), ofMinutes(1))
                .waits("d", "d2", 2, 50, ofHours(1), ofMinutes(1))
                .plan();

        assertThat(plan.wait("a2").why()).isEqualTo(new Waiting.TenantCeiling(2, 3, 4));
        assertThat(plan.wait("a2").estimatedStart()).isEqualTo(NOW.plus(ofHours(2)));
        assertThat(plan.wait("b2").why()).isEqualTo(new Waiting.MaxJobs(1, 1));
        assertThat(plan.wait("b2").estimatedStart()).isEqualTo(NOW.plus(ofHours(3)));
        assertThat(plan.wait("c2").why()).isEqualTo(new Waiting.BudgetSpent(0, null));
        assertThat(plan.wait("c2").estimatedStart()).isNull();
        assertThat(plan.wait("d2").why()).isEqualTo(new Waiting.UserCeiling(2, 1, 2));
        assertThat(plan.started()).isEmpty();
    }

    @Test
    void whatNeverFitsIsToldSoAndHoldsUpNobody() {
        var plan = new Scene()
                .node("n", 4)
                .node("away", 8, NodeAvailability.CORDONED)
                .waits("a", "huge", 16, 99, ofHours(1), ofMinutes(3))
                .waits("a", "big", 8, 99, ofHours(1), ofMinutes(2))
                .waits("a", "tired", 1, 99, ofHours(1), ofMinutes(2), job -> resting(job, NOW.plusSeconds(30)))
                .waits("a", "small", 4, 1, ofDays(30), ofMinutes(1))
                .plan();

        assertThat(plan.wait("huge").why()).isEqualTo(new Waiting.NeverFits(16, 8));
        assertThat(plan.wait("big").why()).isEqualTo(new Waiting.NodesUnavailable(8, 4, 8));
        assertThat(plan.wait("tired").why()).isEqualTo(new Waiting.Resting(NOW.plusSeconds(30)));
        assertThat(plan.started()).containsExactly(id("small"));
    }

    @Test
    void backfillTakesOnlyWhatTheFirstOfTheQueueDoesNotNeedInTime() {
        var plan = new Scene()
                .node("n", 8)
                .runs("a", "holder", "n", 0, 6, 50, ofHours(2))
                .waits("b", "head", 7, 50, ofHours(5), ofHours(3))
                .waits("b", "short", 1, 50, ofHours(2), ofHours(2))
                .waits("b", "thin", 1, 50, ofHours(9), ofHours(1))
                .waits("b", "long", 1, 50, ofHours(9), ofMinutes(5))
                .plan();

        assertThat(plan.wait("head").estimatedStart()).isEqualTo(NOW.plus(ofHours(2)));
        assertThat(plan.of("short"))
                .isInstanceOfSatisfying(
                        Start.class, start -> assertThat(start.backfilled()).isTrue());
        assertThat(plan.of("thin")).isInstanceOf(Start.class);
        assertThat(plan.wait("long").why()).isInstanceOf(Waiting.DevicesBusy.class);
    }

    @Test
    void whoMustWaitBesideFreeDevicesLearnsHowShortItWouldHaveToBe() {
        var plan = new Scene()
                .node("n", 8)
                .runs("a", "holder", "n", 0, 6, 50, ofHours(2))
                .waits("b", "head", 8, 50, ofHours(5), ofHours(3))
                .waits("b", "long", 1, 50, ofHours(9), ofHours(2))
                .plan();

        assertThat(plan.wait("long").why()).isEqualTo(new Waiting.KeptForJobAhead(1, NOW.plus(ofHours(2)), ofHours(2)));
    }

    @Test
    void aGuaranteedJobHasBorrowersOfTheLowestPriorityAndLeastLostWorkMakeRoom() {
        var plan = new Scene()
                .node("n", 8)
                .quota("owner", 2, 8)
                .quota("safe", 2, 8)
                .runs("safe", "guaranteed", "n", 0, 2, 0, ofHours(9))
                .runs("b", "important", "n", 2, 2, 70, ofHours(9))
                .runs("b", "unsaved", "n", 4, 2, 20, ofHours(9))
                .runs("b", "saved", "n", 6, 2, 20, ofHours(9), run -> saved(run, NOW.minusSeconds(60)))
                .waits("owner", "owed", 2, 10, ofHours(1), ofMinutes(1))
                .plan();

        assertThat(plan.of("saved")).isEqualTo(new Preempt(id("saved"), Preempt.Reason.GUARANTEE, id("owed")));
        assertThat(plan.preempted()).containsExactly(id("saved"));
        assertThat(plan.wait("owed").why()).isEqualTo(new Waiting.RoomBeingMade(2, 1));
    }

    @Test
    void nobodyIsAskedTwiceInAnHourNorForWhatIsBeingGivenBackAlready() {
        var scene = new Scene()
                .node("n", 2)
                .quota("owner", 2, 2)
                .runs("b", "asked", "n", 0, 1, 20, ofHours(9), run -> preempted(run, NOW.minus(ofMinutes(59))))
                .runs("b", "leaving", "n", 1, 1, 20, ofHours(9), PlannerTest::leaving)
                .waits("owner", "one", 1, 10, ofHours(1), ofMinutes(2));

        assertThat(scene.plan().preempted()).isEmpty();
        assertThat(scene.plan().wait("one").why()).isEqualTo(new Waiting.RoomBeingMade(1, 1));

        scene.waits("owner", "two", 1, 10, ofHours(1), ofMinutes(1));
        assertThat(scene.plan().preempted()).isEmpty();
        assertThat(scene.plan().wait("two").why()).isInstanceOf(Waiting.DevicesBusy.class);
    }

    @Test
    void aLoweredCeilingAndALostNodeSendRunsBackToTheQueue() {
        var plan = new Scene()
                .node("n", 8)
                .node("draining", 2, NodeAvailability.DRAINING)
                .node("ill", 2)
                .sick("ill", 1)
                .quota("a", 2, 4)
                .runs("a", "urgent", "n", 0, 2, 90, ofHours(1))
                .runs("a", "usual", "n", 2, 2, 50, ofHours(1))
                .runs("a", "idle", "n", 4, 2, 10, ofHours(1))
                .runs("b", "drained", "draining", 0, 1, 50, ofHours(1))
                .runs("b", "on sick", "ill", 1, 1, 50, ofHours(1))
                .plan();

        assertThat(plan.of("idle")).isEqualTo(new Preempt(id("idle"), Preempt.Reason.CEILING, null));
        assertThat(plan.of("drained")).isEqualTo(new Preempt(id("drained"), Preempt.Reason.DRAIN, null));
        assertThat(plan.of("on sick")).isEqualTo(new Preempt(id("on sick"), Preempt.Reason.SICK_DEVICE, null));
        assertThat(plan.preempted()).hasSize(3);
    }

    @Test
    void aRunThatTookLongerThanItMayIsStopped() {
        var plan = new Scene()
                .node("n", 1)
                .quota(quota("a", 8, null, ofHours(2), null, Map.of()))
                .runs("a", "endless", "n", 0, 1, 50, ofHours(9), run -> workedBefore(run, ofMinutes(61)))
                .plan();

        assertThat(plan.of("endless")).isEqualTo(new Decision.Stop(id("endless"), ofMinutes(121), ofHours(2)));
    }

    @Test
    void nobodyRunsIntoAReservationButWhomItIsFor() {
        var scene = new Scene()
                .node("n", 4)
                .reserved("guest", 4, ofHours(2), ofHours(3))
                .waits("a", "long", 1, 90, ofHours(3), ofMinutes(1))
                .waits("a", "short", 1, 50, ofHours(2), ofMinutes(1))
                .waits("guest", "guest's", 2, 50, ofHours(9), ofMinutes(1));

        assertThat(scene.plan().started()).containsExactlyInAnyOrder(id("short"), id("guest's"));
        assertThat(scene.plan().wait("long").why())
                .isEqualTo(new Waiting.Reserved(1, 4, NOW.plus(ofHours(2)), NOW.plus(ofHours(5))));
        assertThat(scene.plan().wait("long").estimatedStart()).isEqualTo(NOW.plus(ofHours(5)));
    }

    @Test
    void whileAReservationLastsItsDevicesAreGuaranteed() {
        var plan = new Scene()
                .node("n", 2)
                .quota("guest", 0, 0)
                .reserved("guest", 2, ofHours(-1), ofHours(3))
                .runs("a", "overrunning", "n", 0, 2, 90, ofHours(9))
                .waits("guest", "guest's", 2, 10, ofHours(1), ofMinutes(1))
                .plan();

        assertThat(plan.preempted()).containsExactly(id("overrunning"));
    }

    @Test
    void usageIsHalfForgottenAfterAWeekHoweverOftenItIsAdded() {
        var start = new DecayedUsage(1000, NOW);

        assertThat(start.at(NOW.plus(ofDays(7)))).isEqualTo(500);

        var often = start;
        for (int hour = 1; hour <= 48; hour++) {
            often = often.plus(3, NOW.plus(ofHours(hour)));
        }
        assertThat(often.deviceSeconds())
                .isCloseTo(start.plus(3, NOW.plus(ofDays(2))).deviceSeconds(), Percentage.withPercentage(1e-6));
    }

    private static Quota quota(
            String tenant,
            int ceiling,
            @Nullable Double budget,
            @Nullable Duration maxRun,
            @Nullable Integer maxJobs,
            Map<UUID, Integer> users) {
        return new Quota(id(tenant), POOL, 0, ceiling, budget, null, maxRun, maxJobs, users);
    }

    private static Queued of(DeviceKind kind, Queued job) {
        return new Queued(
                job.job(),
                job.tenant(),
                job.user(),
                job.pool(),
                job.devices(),
                kind,
                job.priority(),
                job.estimate(),
                job.queuedSince(),
                job.notBefore(),
                job.avoidedNodes(),
                job.acrossNodes());
    }

    private static Queued of(String run, Queued job) {
        return new Queued(
                job.job(),
                job.tenant(),
                job.user(),
                job.pool(),
                run,
                job.devices(),
                job.kind(),
                job.priority(),
                job.estimate(),
                job.queuedSince(),
                job.notBefore(),
                job.avoidedNodes(),
                job.acrossNodes());
    }

    private static Queued acrossNodes(Queued job) {
        return new Queued(
                job.job(),
                job.tenant(),
                job.user(),
                job.pool(),
                job.devices(),
                job.kind(),
                job.priority(),
                job.estimate(),
                job.queuedSince(),
                null,
                Set.of(),
                true);
    }

    private static Queued resting(Queued job, Instant until) {
        return new Queued(
                job.job(),
                job.tenant(),
                job.user(),
                job.pool(),
                job.devices(),
                job.kind(),
                job.priority(),
                job.estimate(),
                job.queuedSince(),
                until,
                Set.of(),
                false);
    }

    private static Running saved(Running run, Instant at) {
        return changed(run, Duration.ZERO, at, null, false);
    }

    private static Running preempted(Running run, Instant at) {
        return changed(run, Duration.ZERO, null, at, false);
    }

    private static Running leaving(Running run) {
        return changed(run, Duration.ZERO, null, null, true);
    }

    private static Running workedBefore(Running run, Duration worked) {
        return changed(run, worked, null, null, false);
    }

    private static Running changed(
            Running run, Duration worked, @Nullable Instant saved, @Nullable Instant preempted, boolean leaving) {
        return new Running(
                run.job(),
                run.tenant(),
                run.user(),
                run.pool(),
                run.devices(),
                run.priority(),
                run.queuedSince(),
                run.since(),
                run.estimate(),
                worked,
                saved,
                preempted,
                leaving);
    }
}
