package dev.temper.platform.resource;

import dev.temper.platform.common.Keyset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The matrix of quotas with what is used of each cell; part of work on the fleet. */
@Repository
class QuotaUses {
    private static final UUID FIRST = new UUID(0, 0);

    /**
     * What the ledger's days have of this month, as budgets count it, and what open leases have added since; the rest is
     * what is held or waits now, by device_leases_held and jobs_open.
     */
    private static final String CELLS = """
            with held as (
                select tenant_id, pool_id, count(*) as devices, count(*) filter (where borrowed) as borrowed,
                       sum(greatest(0, extract(epoch from
                           cast(:now as timestamptz) - greatest(posted_until, :month)))) as seconds
                from device_leases where held_until is null group by tenant_id, pool_id),
            posted as (
                select tenant_id, pool_id, sum(device_seconds) as seconds
                from ledger_days where day >= :day group by tenant_id, pool_id),
            waiting as (
                select tenant_id, pool_id, count(*) as jobs, sum(devices) as devices
                from jobs where ended_at is null and state = 'QUEUED' group by tenant_id, pool_id)
            select t.id as tenant_id, t.name as tenant, p.id as pool_id, p.name as pool,
                   q.id is not null as set, coalesce(q.guaranteed, 0) as guaranteed,
                   coalesce(q.ceiling, p.default_ceiling) as ceiling, q.monthly_gpu_hours, q.max_run_seconds,
                   q.max_jobs, coalesce(q.min_priority, 0) as min_priority,
                   coalesce(q.max_priority, 100) as max_priority,
                   coalesce(h.devices, 0) as held, coalesce(h.borrowed, 0) as borrowed,
                   coalesce(w.jobs, 0) as queued_jobs, coalesce(w.devices, 0) as queued_devices,
                   (coalesce(h.seconds, 0) + coalesce(l.seconds, 0))::bigint as used_seconds,
                   coalesce(q.version + 1, 0) as version
            from tenants t cross join pools p
            left join quotas q on q.tenant_id = t.id and q.pool_id = p.id
            left join held h on h.tenant_id = t.id and h.pool_id = p.id
            left join posted l on l.tenant_id = t.id and l.pool_id = p.id
            left join waiting w on w.tenant_id = t.id and w.pool_id = p.id
            """;

    private final JdbcClient jdbc;

    QuotaUses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Cells in the order of tenants and pools' names. */
    List<QuotaUse> after(QuotaFilter filter, @Nullable Keyset after, int limit, Instant now) {
        return cells("""
                        where t.status <> 'CLOSED' and (t.id, p.name) > (:afterTenant, :afterPool)
                          and (:tenant::uuid is null or t.id = :tenant::uuid)
                          and (:pool::uuid is null or p.id = :pool::uuid)
                        order by t.id, p.name limit :limit
                        """, now)
                .param("afterTenant", after == null ? FIRST : after.uuid(0))
                .param("afterPool", after == null ? "" : after.text(1))
                .param("tenant", filter.tenantId())
                .param("pool", filter.poolId())
                .param("limit", limit)
                .query((row, _) -> use(row))
                .list();
    }

    /** All cells of the next tenants. */
    List<QuotaUse> ofTenants(UUID after, int tenants, Instant now) {
        return cells("""
                        where t.id in (select id from tenants where status <> 'CLOSED' and id > :after
                                       order by id limit :tenants)
                        order by t.id, p.name
                        """, now)
                .param("after", after)
                .param("tenants", tenants)
                .query((row, _) -> use(row))
                .list();
    }

    private JdbcClient.StatementSpec cells(String which, Instant now) {
        LocalDate day = YearMonth.from(now.atOffset(ZoneOffset.UTC)).atDay(1);
        return jdbc.sql(CELLS + which)
                .param("now", Timestamp.from(now))
                .param("day", day)
                .param("month", Timestamp.from(day.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    private static QuotaUse use(ResultSet row) throws SQLException {
        return new QuotaUse(
                row.getObject("tenant_id", UUID.class),
                row.getString("tenant"),
                row.getObject("pool_id", UUID.class),
                row.getString("pool"),
                new QuotaLimits(
                        row.getInt("guaranteed"),
                        row.getInt("ceiling"),
                        row.getObject("monthly_gpu_hours", Long.class),
                        row.getObject("max_run_seconds", Long.class),
                        row.getObject("max_jobs", Integer.class),
                        row.getInt("min_priority"),
                        row.getInt("max_priority")),
                row.getBoolean("set"),
                row.getInt("held"),
                row.getInt("borrowed"),
                row.getInt("queued_jobs"),
                row.getInt("queued_devices"),
                row.getLong("used_seconds"),
                row.getLong("version"));
    }
}
