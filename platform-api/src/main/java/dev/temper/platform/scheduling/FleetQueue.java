package dev.temper.platform.scheduling;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What runs and waits over all tenants, for the platform's admins. */
@Service
public class FleetQueue {
    private static final RowMapper<FleetJob> JOB = new SimplePropertyRowMapper<>(FleetJob.class);
    private static final UUID NONE = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    FleetQueue(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Jobs that have not ended: those that hold devices first, then those that wait, by position.
     *
     * @param pool the pool's name; null for all
     * @param tenantId null for all
     */
    public Page<FleetJob> open(@Nullable String pool, @Nullable UUID tenantId, PageQuery page) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        List<FleetJob> rows =
                FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> read(pool, tenantId, page))));
        return page.slice(rows, job -> Keyset.of(rank(job), job.id()));
    }

    private List<FleetJob> read(@Nullable String pool, @Nullable UUID tenantId, PageQuery page) {
        // By jobs_open: what is open is little beside what has ended.
        return jdbc.sql("""
                        select * from (
                            select j.id, j.tenant_id, t.name as tenant, j.number, j.state, j.state_since, j.queued_since,
                                   p.name as pool, j.devices, j.priority, j.attempt, w.position, w.code, w.estimated_start,
                                   case when j.state <> 'QUEUED' then 0 else coalesce(w.position, 1000000) end as rank
                            from jobs j join tenants t on t.id = j.tenant_id join pools p on p.id = j.pool_id
                            left join job_waits w on w.job_id = j.id and j.state = 'QUEUED'
                            where j.ended_at is null and (:pool::text is null or p.name = :pool::text)
                              and (:tenant::uuid is null or j.tenant_id = :tenant::uuid)) open
                        where (rank, id) > (:rank, :id) order by rank, id limit :limit
                        """)
                .param("pool", pool)
                .param("tenant", tenantId)
                .param("rank", page.after().map(key -> key.number(0)).orElse(-1L))
                .param("id", page.after().map(key -> key.uuid(1)).orElse(NONE))
                .param("limit", page.fetch())
                .query(JOB)
                .list();
    }

    private static long rank(FleetJob job) {
        return switch (job.state()) {
            case QUEUED -> job.position() == null ? 1_000_000 : job.position();
            case ASSIGNED, STARTING, RUNNING, PAUSING, PAUSED, PREEMPTING, SUCCEEDED, FAILED, CANCELLED -> 0;
        };
    }
}
