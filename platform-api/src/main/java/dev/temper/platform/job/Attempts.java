package dev.temper.platform.job;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tries at jobs, each under a fence of its own. */
@Repository
class Attempts {
    private static final RowMapper<AttemptView> ATTEMPT_VIEW = new SimplePropertyRowMapper<>(AttemptView.class);

    private final JdbcClient jdbc;

    Attempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long nextFence() {
        return jdbc.sql("select nextval('job_fences')").query(Long.class).single();
    }

    void begin(Job job, long fence, boolean borrowed, Instant now, Instant leaseUntil) {
        jdbc.sql("""
                insert into job_attempts (tenant_id, job_id, number, fence, node_id, borrowed, assigned_at, lease_until)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        job.tenantId(),
                        job.id(),
                        job.attempt(),
                        fence,
                        job.node(),
                        borrowed,
                        Timestamp.from(now),
                        Timestamp.from(leaseUntil))
                .update();
    }

    /** A run that a node has just taken. */
    record Claim(UUID tenantId, UUID jobId, long fence) {}

    /**
     * Takes the most urgent run that is assigned to the node, in one statement; jobs that somebody is just changing are
     * passed over, not waited for, and those of a kind that the worker does not run go back once nobody took them. By
     * jobs_assigned.
     */
    Optional<Claim> claim(
            UUID node, Collection<String> kinds, String actorKind, String actorName, Instant now, Instant leaseUntil) {
        return jdbc.sql("""
                        with taken as (
                            update jobs j set
                                state = 'STARTING', state_since = :now, moves = j.moves + 1, version = j.version + 1
                            where j.id = (
                                select id from jobs where node_id = :node and state = 'ASSIGNED' and kind = any(:kinds)
                                order by priority desc, state_since, id limit 1 for update skip locked)
                            returning j.tenant_id, j.id, j.fence, j.moves, j.attempt),
                        attempt as (
                            update job_attempts a set claimed_at = :now, lease_until = :until
                            from taken t where a.fence = t.fence),
                        kept as (
                            insert into job_transitions (tenant_id, job_id, seq, from_state, to_state, at, attempt,
                                                         actor_kind, actor_name, reason)
                            select tenant_id, id, moves, 'ASSIGNED', 'STARTING', cast(:now as timestamptz), attempt,
                                   :kind, :actor, 'claimed'
                            from taken)
                        select tenant_id, id as job_id, fence from taken
                        """)
                .param("node", node)
                .param("kinds", kinds.toArray(String[]::new))
                .param("kind", actorKind)
                .param("actor", actorName)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(leaseUntil))
                .query(Claim.class)
                .optional();
    }

    /** Where an attempt that still goes on stands. */
    record Standing(JobState state, boolean checkpointWanted) {}

    /** Makes the lease longer, never shorter. Empty where that attempt is over or is not that node's. */
    Optional<Standing> renew(UUID node, long fence, Instant leaseUntil) {
        return jdbc.sql("""
                        update job_attempts a set lease_until = greatest(a.lease_until, :until)
                        from jobs j
                        where a.fence = :fence and a.node_id = :node and a.ended_at is null
                          and j.id = a.job_id and j.fence = a.fence
                        returning j.state, j.checkpoint_wanted_at is not null as checkpoint_wanted
                        """)
                .param("until", Timestamp.from(leaseUntil))
                .param("fence", fence)
                .param("node", node)
                .query(Standing.class)
                .optional();
    }

    void started(long fence, Instant now) {
        jdbc.sql("update job_attempts set started_at = coalesce(started_at, ?) where fence = ?")
                .params(Timestamp.from(now), fence)
                .update();
    }

    /** Ends it and says how long it worked. */
    Duration end(long fence, String reason, Instant now) {
        return jdbc.sql("""
                        update job_attempts set ended_at = :now, end_reason = :reason
                        where fence = :fence and ended_at is null
                        returning coalesce(extract(epoch from cast(:now as timestamptz) - started_at), 0)::bigint
                        """)
                .param("now", Timestamp.from(now))
                .param("reason", reason)
                .param("fence", fence)
                .query(Long.class)
                .optional()
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO);
    }

    /** How an attempt of that node ended; empty where there is none, or it goes on. */
    Optional<String> endOf(UUID node, long fence) {
        return jdbc.sql("select end_reason from job_attempts where fence = ? and node_id = ? and ended_at is not null")
                .params(fence, node)
                .query(String.class)
                .optional();
    }

    /** Those whose lease is over; by job_attempts_open. */
    List<Long> expired(Instant now, int limit) {
        return jdbc.sql("""
                        select fence from job_attempts where ended_at is null and lease_until < ?
                        order by lease_until limit ?
                        """)
                .params(Timestamp.from(now), limit)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    boolean isExpired(long fence, Instant now) {
        return jdbc.sql("select lease_until < ? from job_attempts where fence = ? and ended_at is null")
                .params(Timestamp.from(now), fence)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Those that go on, on a node; by job_attempts_node. */
    List<Long> openOn(UUID node) {
        return jdbc.sql("select fence from job_attempts where ended_at is null and node_id = ?")
                .params(node)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /** How many different jobs were lost on the node since then. */
    int jobsLostOn(UUID node, Instant since) {
        return jdbc.sql("""
                        select count(distinct job_id) from job_attempts
                        where node_id = ? and ended_at > ? and end_reason in ('worker_lost', 'lease_expired')
                        """)
                .params(node, Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    List<AttemptView> of(UUID job) {
        return jdbc.sql("""
                        select a.number, n.name as node, a.borrowed, a.assigned_at, a.claimed_at, a.started_at, a.ended_at,
                               a.end_reason
                        from job_attempts a left join nodes n on n.id = a.node_id where a.job_id = ? order by a.number
                        """).params(job).query(ATTEMPT_VIEW).list();
    }
}
