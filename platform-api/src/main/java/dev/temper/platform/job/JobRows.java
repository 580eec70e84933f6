package dev.temper.platform.job;

import dev.temper.platform.resource.DeviceView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Jobs as they are shown: of the tenant in scope, or of all for work on the fleet. */
@Repository
class JobRows {
    private static final String COLUMNS = """
            select j.id, j.number, j.name, j.kind, j.state, j.state_since, j.user_id, u.email as owner, j.task_id,
                   j.cloned_from, p.name as pool, j.devices, j.device_kind, j.estimate_seconds, j.priority, j.submitted_at,
                   j.queued_since, j.not_before, j.attempt, n.name as node, j.retries, j.max_retries,
                   j.checkpoint_step, j.checkpoint_at, j.worked_seconds, j.failure_class, j.failure_code,
                   j.failure_message, j.failure_advice, j.ended_at, j.version
            from jobs j join users u on u.id = j.user_id join pools p on p.id = j.pool_id
            left join nodes n on n.id = j.node_id and j.fence is not null
            """;

    private static final RowMapper<JobView> JOB_VIEW = new SimplePropertyRowMapper<>(JobView.class);

    private final JdbcClient jdbc;

    JobRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<JobView> find(UUID id) {
        return jdbc.sql(COLUMNS + "where j.id = ?")
                .params(id)
                .query(JobView.class)
                .optional();
    }

    List<JobView> of(Collection<UUID> ids) {
        return jdbc.sql(COLUMNS + "where j.id = any(?)")
                .param(ids.toArray(UUID[]::new))
                .query(JOB_VIEW)
                .list();
    }

    /** Newest first; by jobs_task. */
    List<JobView> ofTask(UUID task, String kind, int limit) {
        return jdbc.sql(COLUMNS + "where j.task_id = ? and j.kind = ? order by j.id desc limit ?")
                .params(task, kind, limit)
                .query(JOB_VIEW)
                .list();
    }

    Optional<JobView> findByNumber(UUID tenant, long number) {
        return jdbc.sql(COLUMNS + "where j.tenant_id = ? and j.number = ?")
                .params(tenant, number)
                .query(JobView.class)
                .optional();
    }

    /** Newest first; by jobs_tenant. */
    List<JobView> before(UUID tenant, JobFilter filter, UUID before, int limit) {
        return jdbc.sql(COLUMNS + """
                        where j.tenant_id = :tenant and j.id < :before
                          and (cardinality(:states::text[]) = 0 or j.state = any(:states))
                          and (:user::uuid is null or j.user_id = :user::uuid)
                          and (:pool::text is null or p.name = :pool::text)
                        order by j.id desc limit :limit
                        """)
                .param("tenant", tenant)
                .param("before", before)
                .param("states", filter.states().stream().map(Enum::name).toArray(String[]::new))
                .param("user", filter.userId())
                .param("pool", filter.pool())
                .param("limit", limit)
                .query(JOB_VIEW)
                .list();
    }

    ClaimedRun claimed(Attempts.Claim claim, Instant leaseUntil, List<DeviceView> devices) {
        return jdbc.sql("select * from jobs where id = ?")
                .params(claim.jobId())
                .query((row, _) -> claimed(row, leaseUntil, devices))
                .single();
    }

    /** By job_attempts_node. */
    List<ClaimedRun> claimedOn(UUID node, LongFunction<List<DeviceView>> devices) {
        return jdbc.sql("""
                        select j.*, a.lease_until from job_attempts a join jobs j on j.id = a.job_id and j.fence = a.fence
                        where a.node_id = ? and a.ended_at is null and a.claimed_at is not null order by a.fence
                        """)
                .params(node)
                .query((row, _) ->
                        claimed(row, row.getTimestamp("lease_until").toInstant(), devices.apply(row.getLong("fence"))))
                .list();
    }

    private static ClaimedRun claimed(ResultSet row, Instant leaseUntil, List<DeviceView> devices) throws SQLException {
        String reference = row.getString("checkpoint_reference");
        return new ClaimedRun(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("spec"),
                row.getInt("attempt"),
                row.getLong("fence"),
                leaseUntil,
                devices,
                reference == null ? null : new Checkpoint(row.getLong("checkpoint_step"), reference));
    }

    String spec(UUID id) {
        return jdbc.sql("select spec::text from jobs where id = ?")
                .params(id)
                .query(String.class)
                .single();
    }
}
