package dev.temper.platform.openai;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** How fine-tuning jobs of the dialect are kept, and what is read of their runs. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class TuningTable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final RowMapper<Told> TOLD = new SimplePropertyRowMapper<>(Told.class);

    private final JdbcClient jdbc;

    TuningTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where it stands before the run has something to say, and that it has. */
    enum State {
        VALIDATING,
        STARTED,
        FAILED,
        CANCELLED
    }

    /** A job as its row has it. */
    record Kept(
            UUID id,
            JobRequestBody request,
            UUID trainingFile,
            @Nullable UUID taskId,
            State state,
            @Nullable String failureCode,
            @Nullable String failureMessage,
            boolean modelDeleted,
            Instant createdAt,
            @Nullable Instant endedAt) {}

    /** What a run told, newest first. */
    record Told(long id, Instant at, String type, String body) {}

    public void insert(UUID id, JobRequestBody request, UUID file, Instant now) {
        jdbc.sql("""
                insert into openai_jobs (id, tenant_id, request, training_file, state, created_by, created_at)
                values (?, ?, ?::jsonb, ?, 'VALIDATING', ?, ?)
                """)
                .params(
                        id,
                        TenantScope.require(),
                        JSON.writeValueAsString(request),
                        file,
                        Caller.current().requirePerson(),
                        Timestamp.from(now))
                .update();
    }

    public Optional<Kept> find(UUID id) {
        return jdbc.sql("select * from openai_jobs where id = ?")
                .param(id)
                .query(TuningTable::kept)
                .optional();
    }

    /** The same, kept from changing until the transaction ends. */
    public Optional<Kept> lock(UUID id) {
        return jdbc.sql("select * from openai_jobs where id = ? for update")
                .param(id)
                .query(TuningTable::kept)
                .optional();
    }

    /** Newest first, by openai_jobs_tenant; only those with all of these metadata. */
    public List<Kept> before(UUID id, String metadata, int limit) {
        return jdbc.sql("""
                        select * from openai_jobs
                        where id < ? and (?::jsonb = '{}' or request -> 'metadata' @> ?::jsonb) order by id desc limit ?
                        """)
                .params(id, metadata, metadata, limit)
                .query(TuningTable::kept)
                .list();
    }

    public void started(UUID id, UUID task) {
        jdbc.sql("update openai_jobs set state = 'STARTED', task_id = ? where id = ?")
                .params(task, id)
                .update();
    }

    public void ended(UUID id, State state, @Nullable String code, @Nullable String message, Instant now) {
        jdbc.sql("update openai_jobs set state = ?, failure_code = ?, failure_message = ?, ended_at = ? where id = ?")
                .params(Arrays.asList(state.name(), code, message, Timestamp.from(now), id))
                .update();
    }

    /** The task of whose job the model is gone. */
    public void deleteModel(UUID task) {
        jdbc.sql("update openai_jobs set model_deleted = true where task_id = ?")
                .param(task)
                .update();
    }

    /** Those that came of jobs of the dialect. */
    public Set<UUID> tasks() {
        return Set.copyOf(jdbc.sql("select task_id from openai_jobs where task_id is not null")
                .query((row, _) -> row.getObject(1, UUID.class))
                .list());
    }

    /** What a run told of these kinds before an id, newest first; by job_events_job. */
    public List<Told> told(UUID job, long before, List<String> types, int limit) {
        return jdbc.sql("""
                        select id, at, type, body::text as body from job_events
                        where job_id = ? and id < ? and type = any (?) order by id desc limit ?
                        """)
                .params(job, before, types.toArray(String[]::new), limit)
                .query(TOLD)
                .list();
    }

    /** The last numbers of each kind that a run told up to a step, as one object; not looked for far back. */
    public String numbers(UUID job, long step) {
        return jdbc.sql("""
                        select coalesce(json_object_agg(name, value), '{}')::text from (
                            select distinct on (v.key) v.key as name, v.value as value
                            from (select id, body from job_events where job_id = ? and step <= ?
                                  order by id desc limit 500) e,
                                 json_each(e.body -> 'values') v
                            order by v.key, e.id desc) last
                        """).params(job, step).query(String.class).single();
    }

    public String tenantSlug() {
        return jdbc.sql("select slug from tenants where id = ?")
                .param(TenantScope.require())
                .query(String.class)
                .single();
    }

    private static Kept kept(ResultSet row, int index) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new Kept(
                row.getObject("id", UUID.class),
                JSON.readValue(row.getString("request"), JobRequestBody.class),
                row.getObject("training_file", UUID.class),
                row.getObject("task_id", UUID.class),
                State.valueOf(row.getString("state")),
                row.getString("failure_code"),
                row.getString("failure_message"),
                row.getBoolean("model_deleted"),
                row.getTimestamp("created_at").toInstant(),
                ended == null ? null : ended.toInstant());
    }
}
