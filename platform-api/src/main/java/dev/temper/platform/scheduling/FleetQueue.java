package dev.temper.platform.scheduling;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.job.Assignments;
import dev.temper.platform.resource.QuotaLimits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
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

    /** By jobs_open: what is open is little beside what has ended. */
    private static final String OPEN = """
            select j.id, j.tenant_id, t.name as tenant, j.number, j.state, j.state_since, j.queued_since,
                   p.name as pool, j.devices, j.priority, j.attempt, w.position, w.code, w.estimated_start,
                   case when j.state <> 'QUEUED' then 0 else coalesce(w.position, 1000000) end as rank
            from jobs j join tenants t on t.id = j.tenant_id join pools p on p.id = j.pool_id
            left join job_waits w on w.job_id = j.id and j.state = 'QUEUED'
            where j.ended_at is null
            """;

    private static final int LONGEST_REASON = 300;

    private final Waits waits;
    private final Assignments assignments;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    FleetQueue(Waits waits, Assignments assignments, Audit audit, JdbcClient jdbc, TransactionOperations transactions) {
        this.waits = waits;
        this.assignments = assignments;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** One that has not ended. */
    public FleetJob get(UUID id) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return onFleet(() -> find(id));
    }

    /** What holds it, with all facts; empty where it does not wait, or was submitted since the last plan. */
    public Optional<WaitView> why(UUID id) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return onFleet(() -> waits.find(id));
    }

    /**
     * Has a job give its devices back: it writes a checkpoint and waits again, at the place in the queue that it had.
     *
     * @param why in words that its people read
     */
    public FleetJob preempt(UUID id, String why) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        String reason = reason(why);
        return onFleet(() -> {
            FleetJob before = find(id);
            if (!assignments.moveOffByHand(id, reason)) {
                throw ErrorCode.JOB_STATE_FORBIDS
                        .with("job", "#" + before.number())
                        .with("action", "preempt")
                        .with("state", before.state().name());
            }
            audit.record(AuditAction.JOB_PREEMPTED, target(before), null, Map.of("reason", reason));
            return find(id);
        });
    }

    /** Has a job come sooner or later than others of its tenant's, even beyond the priorities of the tenant's quota. */
    public FleetJob prioritise(UUID id, int priority, String why) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        String reason = reason(why);
        if (priority < QuotaLimits.LOWEST_PRIORITY || priority > QuotaLimits.HIGHEST_PRIORITY) {
            throw ErrorCode.FIELD_OUT_OF_RANGE
                    .at("/priority")
                    .with("min", QuotaLimits.LOWEST_PRIORITY)
                    .with("max", QuotaLimits.HIGHEST_PRIORITY);
        }
        return onFleet(() -> {
            FleetJob job = find(id);
            int before = assignments.prioritise(id, priority).orElseThrow(ErrorCode.NOT_FOUND::problem);
            audit.record(
                    AuditAction.JOB_PRIORITISED,
                    target(job),
                    Map.of("priority", before),
                    Map.of("priority", priority, "reason", reason));
            return find(id);
        });
    }

    private static String reason(String why) {
        String reason = why.strip();
        if (reason.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/reason");
        }
        if (reason.length() > LONGEST_REASON) {
            throw ErrorCode.FIELD_TOO_LONG.at("/reason").with("max", LONGEST_REASON);
        }
        return reason;
    }

    private static AuditTarget target(FleetJob job) {
        return AuditTarget.of("job", job.id(), job.tenant() + " #" + job.number());
    }

    /**
     * Jobs that have not ended: those that hold devices first, then those that wait, by position.
     *
     * @param pool the pool's name; null for all
     * @param tenantId null for all
     */
    public Page<FleetJob> open(@Nullable String pool, @Nullable UUID tenantId, PageQuery page) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        List<FleetJob> rows = onFleet(() -> read(pool, tenantId, page));
        return page.slice(rows, job -> Keyset.of(rank(job), job.id()));
    }

    private List<FleetJob> read(@Nullable String pool, @Nullable UUID tenantId, PageQuery page) {
        return jdbc.sql("select * from (" + OPEN + """
                              and (:pool::text is null or p.name = :pool::text)
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

    private FleetJob find(UUID id) {
        return jdbc.sql(OPEN + " and j.id = ?")
                .params(id)
                .query(JOB)
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private static long rank(FleetJob job) {
        return switch (job.state()) {
            case QUEUED -> job.position() == null ? 1_000_000 : job.position();
            case ASSIGNED, STARTING, RUNNING, PAUSING, PAUSED, PREEMPTING, SUCCEEDED, FAILED, CANCELLED -> 0;
        };
    }
}
