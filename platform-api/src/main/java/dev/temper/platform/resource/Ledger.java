package dev.temper.platform.resource;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Each second of a device that somebody held, once. Rows are added when devices are given back, and every ten minutes for
 * those that are still held; what they do not have yet is counted from the leases, so that every sum is as of now.
 */
@Service
public class Ledger {
    private static final Duration ROLL = Duration.ofMinutes(10);

    private static final RowMapper<LedgerSum> SUM = new SimplePropertyRowMapper<>(LedgerSum.class);
    private static final RowMapper<LedgerRow> ROW = new SimplePropertyRowMapper<>(LedgerRow.class);

    /** What was held in the window, cut to it; the policies of the tables leave in the tenant's own or, for the fleet, all. */
    private static final String SPANS = """
            with spans as (
                select tenant_id, lease_id, device_id, node_id, pool_id, job_id, user_id, borrowed, reason,
                       greatest(starts_at, :from) as starts_at, least(stops_at, :to) as stops_at
                from ledger_entries
                where stops_at > :from and starts_at < :to and (:tenant::uuid is null or tenant_id = :tenant::uuid)
                union all
                select tenant_id, id, device_id, node_id, pool_id, job_id, user_id, borrowed, 'still_held',
                       greatest(posted_until, :from), least(cast(:now as timestamptz), :to)
                from device_leases
                where held_until is null and posted_until < least(cast(:now as timestamptz), :to)
                  and cast(:now as timestamptz) > :from)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionOperations transactions;

    Ledger(JdbcClient jdbc, Clock clock, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * Writes down what open leases have been held for, up to the last tenth minute. Doing it twice adds nothing; a lease that is
     * just being given back is left to whoever does that.
     *
     * @return how many rows were added
     */
    public int rollForward() {
        Instant now = clock.instant();
        Instant to = Instant.ofEpochSecond(now.getEpochSecond() / ROLL.toSeconds() * ROLL.toSeconds());
        return onFleet(() -> jdbc.sql("""
                        with held as (
                            select * from device_leases where held_until is null and posted_until < :to
                            order by id for update skip locked),
                        moved as (
                            update device_leases l set posted_until = :to from held where l.id = held.id)
                        insert into ledger_entries (tenant_id, lease_id, device_id, node_id, pool_id, job_id, user_id,
                                                    borrowed, starts_at, stops_at, reason)
                        select tenant_id, id, device_id, node_id, pool_id, job_id, user_id, borrowed, posted_until,
                               cast(:to as timestamptz), 'still_held'
                        from held
                        """).param("to", Timestamp.from(to)).update());
    }

    /** Sums of the tenant in scope; or by tenants, of all, for the platform's admins. Most comes first, days in order. */
    public List<LedgerSum> sums(LedgerBy by, LedgerWindow window) {
        if (by == LedgerBy.TENANT) {
            Caller.current().require(Permission.MANAGE_PLATFORM);
            return onFleet(() -> sums(by, window, null));
        }
        Caller.current().require(Permission.READ);
        UUID tenant = TenantScope.require();
        return Objects.requireNonNull(transactions.execute(_ -> sums(by, window, tenant)));
    }

    private List<LedgerSum> sums(LedgerBy by, LedgerWindow window, @Nullable UUID tenant) {
        return jdbc.sql(SPANS + by.select())
                .param("from", Timestamp.from(window.from()))
                .param("to", Timestamp.from(window.to()))
                .param("now", Timestamp.from(clock.instant()))
                .param("tenant", tenant)
                .query(SUM)
                .list();
    }

    /** Seconds of devices that a job of the tenant in scope held, up to now. */
    @Transactional(readOnly = true)
    public BigDecimal ofJob(UUID job) {
        return ofJobs(List.of(job)).getOrDefault(job, BigDecimal.ZERO);
    }

    /** The same of each of some jobs; of those that never held any, nothing. */
    @Transactional(readOnly = true)
    public Map<UUID, BigDecimal> ofJobs(Collection<UUID> jobs) {
        Caller.current().require(Permission.READ);
        Timestamp now = Timestamp.from(clock.instant());
        Map<UUID, BigDecimal> seconds = new HashMap<>();
        jdbc.sql(SPANS + """
                        select s.job_id, sum(extract(epoch from s.stops_at - s.starts_at)) as seconds
                        from spans s where s.job_id = any(:jobs) group by s.job_id
                        """)
                .param("from", Timestamp.from(Instant.EPOCH))
                .param("to", now)
                .param("now", now)
                .param("tenant", TenantScope.require())
                .param("jobs", jobs.toArray(UUID[]::new))
                .query(row -> {
                    seconds.put(row.getObject("job_id", UUID.class), row.getBigDecimal("seconds"));
                });
        return seconds;
    }

    /** Each span of the tenant in scope in the order in which it began; read as it is shown, so that its length does not matter. */
    @Transactional(readOnly = true)
    void rows(LedgerWindow window, Consumer<LedgerRow> each) {
        Caller.current().require(Permission.READ);
        jdbc.sql(SPANS + """
                        select s.starts_at, s.stops_at, extract(epoch from s.stops_at - s.starts_at) as device_seconds,
                               p.name as pool, n.name as node, d.slot, j.number as job, j.name as job_name,
                               u.email as person, s.borrowed, s.reason
                        from spans s join pools p on p.id = s.pool_id join users u on u.id = s.user_id
                        join nodes n on n.id = s.node_id join devices d on d.id = s.device_id
                        left join jobs j on j.id = s.job_id
                        order by s.starts_at, s.lease_id
                        """)
                .withFetchSize(1_000)
                .param("from", Timestamp.from(window.from()))
                .param("to", Timestamp.from(window.to()))
                .param("now", Timestamp.from(clock.instant()))
                .param("tenant", TenantScope.require())
                .query((ResultSet row) -> {
                    each.accept(Objects.requireNonNull(ROW.mapRow(row, 0)));
                });
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
