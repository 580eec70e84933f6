package dev.temper.platform.scheduling;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Why the waiting jobs of the tenant in scope wait. */
@Service
public class Waits {
    private static final TypeReference<LinkedHashMap<String, Object>> FACTS = new TypeReference<>() {};

    /** So many reasons are written anew at any time; more of them are written a tenth of the time at most. */
    private static final int FEW = 500;

    private static final int SELDOM = 10;

    /** By jobs_open. */
    private static final String QUEUE = """
            select j.id as job_id, j.number, j.name, u.email as owner, p.name as pool, j.devices, j.priority,
                   j.queued_since, w.position, w.code, w.facts, w.estimated_start, w.planned_at
            from jobs j join pools p on p.id = j.pool_id join users u on u.id = j.user_id
            left join job_waits w on w.job_id = j.id
            where j.tenant_id = :tenant and j.state = 'QUEUED' and j.ended_at is null
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private long notBefore = System.nanoTime();

    Waits(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Empty where it does not wait, or was submitted since the last plan. */
    @Transactional(readOnly = true)
    public Optional<WaitView> of(UUID job) {
        return Optional.ofNullable(of(List.of(job)).get(job));
    }

    /** Those of these jobs that wait. */
    @Transactional(readOnly = true)
    public Map<UUID, WaitView> of(Collection<UUID> jobs) {
        Caller.current().require(Permission.READ);
        return views(jobs).stream().collect(Collectors.toMap(WaitView::jobId, wait -> wait));
    }

    /** Part of work on the fleet. */
    Optional<WaitView> find(UUID job) {
        return views(List.of(job)).stream().findFirst();
    }

    private List<WaitView> views(Collection<UUID> jobs) {
        return jdbc.sql("""
                        select w.* from job_waits w join jobs j on j.id = w.job_id
                        where w.job_id = any(?) and j.state = 'QUEUED'
                        """).param(jobs.toArray(UUID[]::new)).query(this::view).list();
    }

    /** In the order of the pools' names and of their queues; those submitted since the last plan come last. */
    @Transactional(readOnly = true)
    public Page<QueueEntry> queue(@Nullable String pool, PageQuery page) {
        Caller.current().require(Permission.READ);
        var after = page.after();
        List<QueueEntry> rows = jdbc.sql(QUEUE + """
                          and (:pool::text is null or p.name = :pool::text)
                          and (p.name, coalesce(w.position, :last), j.id) > (:afterPool, :afterPosition, :afterJob)
                        order by p.name, coalesce(w.position, :last), j.id limit :limit
                        """)
                .param("tenant", TenantScope.require())
                .param("pool", pool)
                .param("last", Integer.MAX_VALUE)
                .param("afterPool", after.map(key -> key.text(0)).orElse(""))
                .param("afterPosition", after.map(key -> key.number(1)).orElse(0L))
                .param("afterJob", after.map(key -> key.uuid(2)).orElse(new UUID(0, 0)))
                .param("limit", page.fetch())
                .query(this::queued)
                .list();
        return page.slice(
                rows,
                entry -> Keyset.of(
                        entry.pool(), Objects.requireNonNullElse(entry.position(), Integer.MAX_VALUE), entry.jobId()));
    }

    /** The job, if it waits. */
    @Transactional(readOnly = true)
    public QueueEntry entry(UUID job) {
        Caller.current().require(Permission.READ);
        return jdbc.sql(QUEUE + "and j.id = :job")
                .param("tenant", TenantScope.require())
                .param("job", job)
                .query(this::queued)
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /**
     * Takes these as all that wait; writes only what changed. When thousands wait almost each plan changes them all: then they
     * are left as they are until some time has passed.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void replace(List<Decision.Wait> waits, Instant now) {
        long begin = System.nanoTime();
        if (waits.size() > FEW && begin < notBefore) {
            return;
        }
        write(waits, now);
        long end = System.nanoTime();
        notBefore = end + SELDOM * (end - begin);
    }

    private void write(List<Decision.Wait> waits, Instant now) {
        int count = waits.size();
        UUID[] jobs = new UUID[count];
        Integer[] positions = new Integer[count];
        String[] codes = new String[count];
        String[] facts = new String[count];
        @Nullable Timestamp[] starts = new Timestamp[count];
        for (int i = 0; i < count; i++) {
            Decision.Wait wait = waits.get(i);
            jobs[i] = wait.job();
            positions[i] = wait.position();
            codes[i] = wait.why().code();
            facts[i] = json.writeValueAsString(wait.why());
            starts[i] = wait.estimatedStart() == null ? null : Timestamp.from(wait.estimatedStart());
        }
        jdbc.sql("""
                delete from job_waits w
                where not exists (select from jobs j where j.id = w.job_id and j.state = 'QUEUED')
                """).update();
        // A job that was deleted, or left the queue, in between is left out by the join.
        jdbc.sql("""
                insert into job_waits (job_id, tenant_id, position, code, facts, estimated_start, planned_at)
                select j.id, j.tenant_id, w.position, w.code, cast(w.facts as jsonb), w.estimated_start, :now
                from unnest(:jobs, :positions, :codes, :facts, :starts)
                    as w (job_id, position, code, facts, estimated_start)
                join jobs j on j.id = w.job_id and j.state = 'QUEUED'
                on conflict (job_id) do update set position = excluded.position, code = excluded.code,
                    facts = excluded.facts, estimated_start = excluded.estimated_start, planned_at = excluded.planned_at
                where (job_waits.position, job_waits.code, job_waits.facts, job_waits.estimated_start)
                    is distinct from (excluded.position, excluded.code, excluded.facts, excluded.estimated_start)
                """)
                .param("jobs", jobs)
                .param("positions", positions)
                .param("codes", codes)
                .param("facts", facts)
                .param("starts", starts)
                .param("now", Timestamp.from(now))
                .update();
    }

    private QueueEntry queued(ResultSet row, int number) throws SQLException {
        String facts = row.getString("facts");
        Timestamp start = row.getTimestamp("estimated_start");
        Timestamp planned = row.getTimestamp("planned_at");
        return new QueueEntry(
                row.getObject("job_id", UUID.class),
                row.getLong("number"),
                row.getString("name"),
                row.getString("owner"),
                row.getString("pool"),
                row.getInt("devices"),
                row.getInt("priority"),
                row.getTimestamp("queued_since").toInstant(),
                row.getObject("position", Integer.class),
                row.getString("code"),
                facts == null ? Map.of() : json.readValue(facts, FACTS),
                start == null ? null : start.toInstant(),
                planned == null ? null : planned.toInstant());
    }

    private WaitView view(ResultSet row, int number) throws SQLException {
        Timestamp start = row.getTimestamp("estimated_start");
        return new WaitView(
                row.getObject("job_id", UUID.class),
                row.getInt("position"),
                row.getString("code"),
                json.readValue(row.getString("facts"), FACTS),
                start == null ? null : start.toInstant(),
                row.getTimestamp("planned_at").toInstant());
    }
}
