package dev.temper.platform.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.byLessThan;

import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.QuotaLimits;
import dev.temper.platform.resource.Quotas;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@PlatformTest
class RoundTest {
    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Round round;

    @Autowired
    private Waits waits;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Nodes nodes;

    @Autowired
    private Quotas quotas;

    @Autowired
    private JdbcClient jdbc;

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
    void oneRowThatMakesNoSenseKeepsNobodyElseWaiting() {
        JobView broken = fleet.submit(owner, pool, 1);
        JobView other = fleet.submit(owner, pool, 1);
        avoid(broken, "{null}");

        asScheduler(round::run);

        assertThat(state(other)).isEqualTo(JobState.ASSIGNED);
        assertThat(state(broken)).isEqualTo(JobState.QUEUED);
        avoid(broken, "{}");
    }

    @Test
    void startsWhatFitsAndTellsTheOthersWhyTheyWait() {
        JobView first = fleet.submit(owner, pool, 3);
        JobView second = fleet.submit(owner, pool, 2);

        asScheduler(round::run);

        assertThat(state(first)).isEqualTo(JobState.ASSIGNED);
        assertThat(state(second)).isEqualTo(JobState.QUEUED);
        assertThat(held()).isEqualTo(3);
        WaitView wait = owner.does(() -> waits.of(second.id())).orElseThrow();
        assertThat(wait.position()).isEqualTo(1);
        assertThat(wait.code()).isEqualTo("devices_busy");
        assertThat(wait.facts())
                .containsEntry("needed", 2)
                .containsEntry("free", 1)
                .containsEntry("largestFree", 1);
        assertThat(wait.estimatedStart())
                .isCloseTo(clock.instant().plus(Duration.ofMinutes(10)), byLessThan(1, ChronoUnit.SECONDS));
        assertThat(owner.does(() -> waits.of(first.id()))).isEmpty();
        assertThat(world.owner().does(() -> waits.of(second.id()))).isEmpty();
    }

    @Test
    void aBudgetIsReadAlongWithTheRest() {
        Fleet.asAdmin(
                () -> quotas.set(owner.tenant().id(), pool.id(), new QuotaLimits(1, 4, 100L, null, null, 0, 100)));
        JobView job = fleet.submit(owner, pool, 1);

        asScheduler(round::run);

        assertThat(state(job)).isEqualTo(JobState.ASSIGNED);
    }

    @Test
    void aJobThatWasCancelledMeanwhileIsLeftAlone() {
        JobView cancelled = fleet.submit(owner, pool, 2);
        JobView other = fleet.submit(owner, pool, 2);
        asScheduler(() -> {
            ClusterSnapshot cluster = round.look();
            List<Decision> decisions = Planner.plan(cluster);
            owner.does(() -> jobs.cancel(cancelled.id()));
            round.apply(cluster, decisions);
        });

        assertThat(state(cancelled)).isEqualTo(JobState.CANCELLED);
        assertThat(state(other)).isEqualTo(JobState.ASSIGNED);
        assertThat(held()).isEqualTo(2);
    }

    @Test
    void twoWhoBothBelieveToLeadGiveNoDeviceTwice() {
        fleet.submit(owner, pool, 4);
        fleet.submit(owner, pool, 4);
        asScheduler(() -> {
            ClusterSnapshot seenByOne = round.look();
            ClusterSnapshot seenByTheOther = round.look();
            round.apply(seenByOne, Planner.plan(seenByOne));
            round.apply(seenByTheOther, Planner.plan(seenByTheOther));
        });

        assertThat(held()).isEqualTo(4);
    }

    @Test
    void whatATenantUsesIsKeptAndDecays() {
        fleet.submit(owner, pool, 4);
        asScheduler(round::run);
        asScheduler(round::run);
        clock.advance(Duration.ofHours(1));
        asScheduler(round::run);

        double used = onFleet("select device_seconds from tenant_usage where tenant_id = ?", Double.class);
        assertThat(used).isBetween(4 * 3600 * 0.99, 4 * 3600.0);
    }

    private void asScheduler(Runnable work) {
        Caller.system("scheduler").run(work);
    }

    private JobState state(JobView job) {
        return owner.does(() -> jobs.get(job.id())).state();
    }

    private long held() {
        return Fleet.asAdmin(() -> nodes.get(node.id())).devices().stream()
                .filter(device -> device.jobId() != null)
                .count();
    }

    private void avoid(JobView job, String nodes) {
        FleetScope.run(() -> transactions.executeWithoutResult(
                _ -> jdbc.sql("update jobs set avoided_nodes = cast(? as uuid[]) where id = ?")
                        .params(nodes, job.id())
                        .update()));
    }

    private <T> T onFleet(String sql, Class<T> kind) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(
                _ -> jdbc.sql(sql).param(owner.tenant().id()).query(kind).single())));
    }
}
