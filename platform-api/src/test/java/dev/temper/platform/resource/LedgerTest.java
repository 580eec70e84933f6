package dev.temper.platform.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.audit.AuditEvents;
import dev.temper.platform.audit.AuditFilter;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.job.Assignments;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.Runs;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The ledger says of each second of each device who held it, once: whatever happened, and whenever it was written. */
@PlatformTest
class LedgerTest {
    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Ledger ledger;

    @Autowired
    private LedgerExport export;

    @Autowired
    private Budgets budgets;

    @Autowired
    private Quotas quotas;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Nodes nodes;

    @Autowired
    private Runs runs;

    @Autowired
    private Assignments assignments;

    @Autowired
    private AuditEvents events;

    @Autowired
    private Cursors cursors;

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
    void aNodeEarlyInAMonth() {
        if (clock.instant().plus(Duration.ofDays(1)).atZone(ZoneOffset.UTC).getMonth()
                != clock.instant().atZone(ZoneOffset.UTC).getMonth()) {
            clock.advance(Duration.ofDays(1));
        }
        owner = world.owner();
        pool = fleet.pool(100);
        node = fleet.node(pool, 6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itsSumsAreTheLeases(long seed) {
        Instant begin = clock.instant();
        var random = new Random(seed);
        List<Long> fences = new ArrayList<>();
        List<UUID> known = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            step(random, fences, known);
        }

        assertThat(leases("""
                select count(*) from device_leases l where tenant_id = :tenant and posted_until - held_from <> (
                    select coalesce(sum(stops_at - starts_at), interval '0') from ledger_entries e where e.lease_id = l.id)
                """)).as("leases whose rows don't add up").isZero();
        assertThat(leases("""
                select count(*) from (
                    select starts_at, lag(stops_at) over (partition by lease_id order by starts_at) as before
                    from ledger_entries where tenant_id = :tenant) e where before <> starts_at
                """)).as("rows that leave a gap or overlap").isZero();
        assertThat(leases("""
                select count(*) from (
                    select starts_at, lag(stops_at) over (partition by device_id order by starts_at) as before
                    from ledger_entries where tenant_id = :tenant) e where before > starts_at
                """)).as("devices that two held at once").isZero();
        assertThat(number("select sum(device_seconds) from ledger_days where tenant_id = :tenant"))
                .isEqualByComparingTo(
                        number(
                                "select sum(extract(epoch from stops_at - starts_at)) from ledger_entries where tenant_id = :tenant"));
        BigDecimal held =
                number("select sum(extract(epoch from coalesce(held_until, cast('%s' as timestamptz)) - held_from))"
                                .formatted(clock.instant())
                        + " from device_leases where tenant_id = :tenant");
        assertThat(held).isPositive();
        var window = new LedgerWindow(begin, clock.instant().plusSeconds(1));
        for (LedgerBy by : List.of(LedgerBy.USER, LedgerBy.JOB, LedgerBy.POOL, LedgerBy.DAY)) {
            assertThat(total(owner.does(() -> ledger.sums(by, window))))
                    .as("by %s", by)
                    .isEqualByComparingTo(held);
        }
        assertThat(Fleet.asAdmin(() -> ledger.sums(LedgerBy.TENANT, window)))
                .filteredOn(sum -> sum.key().equals(owner.tenant().id().toString()))
                .singleElement()
                .satisfies(sum -> assertThat(sum.deviceSeconds()).isEqualByComparingTo(held));
        assertThat(total(world.owner().does(() -> ledger.sums(LedgerBy.JOB, window))))
                .isZero();
    }

    private void step(Random random, List<Long> fences, List<UUID> known) {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> assign(1 + random.nextInt(3), fences, known);
            case 4, 5 ->
                Fleet.asWorker(node, () -> runs.claim(node.id(), List.of("trial"), Duration.ofDays(30)))
                        .ifPresent(run -> runs.started(node.id(), run.fence()));
            case 6 -> {
                if (!fences.isEmpty()) {
                    end(fences.remove(random.nextInt(fences.size())), random.nextBoolean());
                }
            }
            case 7 -> {
                if (!known.isEmpty()) {
                    UUID job = known.remove(random.nextInt(known.size()));
                    owner.does(() -> jobs.cancel(job));
                }
            }
            default -> {
                ledger.rollForward();
                if (random.nextBoolean()) {
                    ledger.rollForward();
                }
            }
        }
        clock.advance(Duration.ofMillis(random.nextInt(40 * 60_000)));
        nodes.seen(node.id(), List.of());
    }

    private void assign(int devices, List<Long> fences, List<UUID> known) {
        List<UUID> free = Fleet.asAdmin(() -> nodes.get(node.id())).devices().stream()
                .filter(device -> device.jobId() == null)
                .limit(devices)
                .map(DeviceView::id)
                .toList();
        if (free.size() == devices) {
            JobView job = fleet.submit(owner, pool, devices);
            fences.add(
                    assignments.assign(job.id(), node.id(), free, devices > 1).orElseThrow());
            known.add(job.id());
        }
    }

    private void end(long fence, boolean well) {
        try {
            if (well) {
                runs.finished(node.id(), fence, new RunEnd.Stopped());
            } else {
                runs.lost(node.id(), fence);
            }
        } catch (RuntimeException cancelledMeanwhile) {
            assertThat(cancelledMeanwhile).hasMessageContaining("fence_stale");
        }
        NodeView now = Fleet.asAdmin(() -> nodes.get(node.id()));
        if (now.sickReason() != null) {
            Fleet.asAdmin(() -> nodes.makeReady(node.id(), IfMatch.ANY));
        }
    }

    @Test
    void aBudgetIsWarnedOfOnceAndThenRefuses() {
        Fleet.asAdmin(() -> quotas.set(
                owner.tenant().id(), pool.id(), new QuotaLimits(0, 6, 10L, null, null, 0, 100), IfMatch.ANY));
        long fence = fleet.assign(fleet.submit(owner, pool, 1), node);
        Fleet.asWorker(node, () -> runs.claim(node.id(), List.of("trial"), Duration.ofDays(1)));
        runs.started(node.id(), fence);
        clock.advance(Duration.ofMinutes(479));
        warn();
        assertThat(warnings()).isZero();

        clock.advance(Duration.ofMinutes(1));
        warn();
        warn();
        assertThat(warnings()).isEqualTo(1);
        assertThat(owner.does(() -> budgets.list()))
                .singleElement()
                .satisfies(budget -> assertThat(budget.percent()).isEqualTo(80));
        assertThat(fleet.submit(owner, pool, 1).devices()).isEqualTo(1);

        clock.advance(Duration.ofHours(2));
        ledger.rollForward();
        warn();
        warn();
        assertThat(warnings()).isEqualTo(2);
        assertThatThrownBy(() -> fleet.submit(owner, pool, 1)).hasMessageContaining("job_budget_spent");
        runs.finished(node.id(), fence, new RunEnd.Stopped());
    }

    @Test
    void goesIntoASpreadsheet() throws IOException {
        Instant begin = clock.instant();
        long fence = fleet.assign(fleet.submit(owner, pool, 2), node);
        clock.advance(Duration.ofMinutes(3));
        Fleet.asWorker(node, () -> runs.claim(node.id(), List.of("trial"), Duration.ofDays(1)));
        runs.finished(node.id(), fence, new RunEnd.Stopped());
        var out = new StringWriter();

        owner.does(() -> {
            try {
                export.write(LedgerWindow.of(begin, null, clock.instant()), out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return 0;
        });

        assertThat(out.toString().lines())
                .hasSize(3)
                .last()
                .asString()
                .contains(",180.000000," + pool.name() + "," + node.name(), owner.email(), "stopped");
        assertThatThrownBy(() -> new LedgerWindow(begin, begin)).hasMessageContaining("ledger_window_wrong");
        assertThatThrownBy(() -> new LedgerWindow(begin, Instant.MAX)).hasMessageContaining("ledger_window_wrong");
    }

    private void warn() {
        Caller.system("scheduler").run(budgets::warn);
    }

    private int warnings() {
        var only = new AuditFilter(null, List.of("budget_warned"), null, null, null, null, null);
        return owner.does(() -> events.page(only, cursors.query(10, null, "test")))
                .items()
                .size();
    }

    private static BigDecimal total(List<LedgerSum> sums) {
        return sums.stream().map(LedgerSum::deviceSeconds).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private long leases(String sql) {
        return number(sql).longValueExact();
    }

    private BigDecimal number(String sql) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> jdbc.sql(sql)
                .param("tenant", owner.tenant().id())
                .query(BigDecimal.class)
                .single())));
    }
}
