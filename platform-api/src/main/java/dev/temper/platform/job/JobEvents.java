package dev.temper.platform.job;

import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.TimedEvent;
import dev.temper.platform.common.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What happened in runs, told by their workers: each event once, in its order, without gaps. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class JobEvents {
    private static final RowMapper<JobEvent> JOB_EVENT = new SimplePropertyRowMapper<>(JobEvent.class);

    private final JdbcClient jdbc;

    JobEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What came of telling some.
     *
     * @param added those that were not known
     * @param held up to which number every event of the attempt is kept
     * @param over whether the attempt is over: this is its history
     */
    public record Kept(List<TimedEvent> added, long held, boolean over) {}

    private record Attempt(UUID tenantId, long held, boolean over) {}

    /**
     * Keeps what is not known yet of events that an attempt of the node tells. Behind a gap nothing is kept.
     *
     * @param first the number of the first one
     * @param shift what the worker's clock is behind the platform's
     */
    public Kept keep(UUID nodeId, UUID jobId, long fence, long first, List<TimedEvent> events, Duration shift) {
        Attempt attempt = lock(nodeId, jobId, fence);
        if (first > attempt.held() + 1 || first + events.size() - 1 <= attempt.held()) {
            return new Kept(List.of(), attempt.held(), attempt.over());
        }
        long next = attempt.held() + 1;
        List<TimedEvent> added = events.subList((int) (next - first), events.size());
        insert(attempt.tenantId(), jobId, fence, next, added, shift);
        long held = attempt.held() + added.size();
        jdbc.sql("update job_attempts set events_held = ? where fence = ?")
                .params(held, fence)
                .update();
        return new Kept(added, held, attempt.over());
    }

    /** The job first, as everything that changes one does; two attempts of a job thereby tell one after the other. */
    private Attempt lock(UUID nodeId, UUID jobId, long fence) {
        jdbc.sql("select from jobs where id = ? for update")
                .params(jobId)
                .query()
                .listOfRows();
        return jdbc.sql("""
                        select tenant_id, events_held as held, ended_at is not null as over from job_attempts
                        where fence = ? and job_id = ? and node_id = ? and claimed_at is not null for update
                        """)
                .params(fence, jobId, nodeId)
                .query(Attempt.class)
                .optional()
                .orElseThrow(ErrorCode.FENCE_STALE::problem);
    }

    /** By one statement, so that the curve is summed and its watchers are told once, however many there are. */
    private void insert(UUID tenant, UUID job, long fence, long next, List<TimedEvent> added, Duration shift) {
        jdbc.sql("""
                insert into job_events (tenant_id, job_id, fence, seq, at, type, body)
                select :tenant, :job, :fence, :next + place - 1, at::timestamptz, type, body::json
                from unnest(:times::text[], :types::text[], :bodies::text[]) with ordinality as told (at, type, body, place)
                order by place
                """)
                .param("tenant", tenant)
                .param("job", job)
                .param("fence", fence)
                .param("next", next)
                .param("times", texts(added, told -> told.at().plus(shift).toString()))
                .param("types", texts(added, told -> told.event().type()))
                .param("bodies", texts(added, told -> LinkJson.line(told.event())))
                .update();
    }

    private static String[] texts(List<TimedEvent> events, Function<TimedEvent, String> text) {
        return events.stream().map(text).toArray(String[]::new);
    }

    /** Up to which number the events of an attempt of the node are kept. */
    @Transactional(propagation = Propagation.MANDATORY, readOnly = true)
    public long held(UUID nodeId, UUID jobId, long fence) {
        return jdbc.sql("select events_held from job_attempts where fence = ? and job_id = ? and node_id = ?")
                .params(fence, jobId, nodeId)
                .query(Long.class)
                .optional()
                .orElseThrow(ErrorCode.FENCE_STALE::problem);
    }

    /** Those behind an id, oldest first, of a job the scope may see; by job_events_job. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public List<JobEvent> after(UUID jobId, long id, int limit) {
        return jdbc.sql("""
                        select id, fence, seq, at, type, body::text as body from job_events
                        where job_id = ? and id > ? order by id limit ?
                        """).params(jobId, id, limit).query(JOB_EVENT).list();
    }

    /** The last ones before an id that are no numbers, newest first, of a job the scope may see; by job_events_told. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public List<JobEvent> told(UUID jobId, long before, int limit) {
        return jdbc.sql("""
                        select id, fence, seq, at, type, body::text as body from job_events
                        where job_id = ? and id < ? and type <> 'metrics' order by id desc limit ?
                        """).params(jobId, before, limit).query(JOB_EVENT).list();
    }

    /** The first of a kind that is no number, oldest first, of a job the scope may see. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public List<JobEvent> firstOf(UUID jobId, String type, int limit) {
        return jdbc.sql("""
                        select id, fence, seq, at, type, body::text as body from job_events
                        where job_id = ? and type = ? and type <> 'metrics' order by id limit ?
                        """).params(jobId, type, limit).query(JOB_EVENT).list();
    }

    /** All of a kind that is no number and that the last attempt to tell some told, oldest first, of a job the scope may see. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public List<JobEvent> ofLastAttempt(UUID jobId, String type) {
        return jdbc.sql("""
                        select id, fence, seq, at, type, body::text as body from job_events
                        where job_id = :job and type = :type and type <> 'metrics' and fence = (
                            select max(fence) from job_events where job_id = :job and type = :type and type <> 'metrics')
                        order by id
                        """)
                .param("job", jobId)
                .param("type", type)
                .query(JOB_EVENT)
                .list();
    }

    /** The last of a kind that is no number, newest first, of a job the scope may see. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public List<JobEvent> lastOf(UUID jobId, String type, int limit) {
        return jdbc.sql("""
                        select id, fence, seq, at, type, body::text as body from job_events
                        where job_id = ? and type = ? and type <> 'metrics' order by id desc limit ?
                        """).params(jobId, type, limit).query(JOB_EVENT).list();
    }
}
