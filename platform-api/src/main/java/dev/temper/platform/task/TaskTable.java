package dev.temper.platform.task;

import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.JobView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How tasks are kept. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class TaskTable {
    private static final String COLUMNS = """
            select t.id, t.number, t.name, t.model, t.data::text, t.asked::text, t.predicted::text, t.job_id, u.email, t.created_at,
                   o.id, o.number, t.origin_step
            from tasks t join users u on u.id = t.created_by left join tasks o on o.id = t.origin
            """;

    private final JdbcClient jdbc;

    TaskTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A task as its row has it. */
    record Kept(
            UUID id,
            long number,
            String name,
            String model,
            String data,
            String asked,
            @Nullable String predicted,
            UUID job,
            String by,
            Instant at,
            @Nullable Origin origin) {
        TaskView with(Function<UUID, JobView> jobs) {
            return new TaskView(id, number, name, model, data, asked, predicted, jobs.apply(job), by, at, origin);
        }
    }

    public void insert(
            UUID id,
            long number,
            TaskRequest asked,
            UUID model,
            String data,
            String predicted,
            UUID job,
            UUID by,
            Instant at,
            @Nullable Origin origin) {
        jdbc.sql("""
                insert into tasks (id, tenant_id, number, name, model, base_model_id, data, asked, predicted, job_id,
                                   created_by, created_at, origin, origin_step)
                values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?)
                """)
                .params(Arrays.asList(
                        id,
                        TenantScope.require(),
                        number,
                        asked.name().strip(),
                        asked.model(),
                        model,
                        data,
                        asked.json(),
                        predicted,
                        job,
                        by,
                        Timestamp.from(at),
                        origin == null ? null : origin.task(),
                        origin == null ? null : origin.step()))
                .update();
    }

    public Optional<Kept> find(UUID id) {
        return jdbc.sql(COLUMNS + "where t.id = ?").param(id).query(ROW).optional();
    }

    public Optional<Kept> byNumber(long number) {
        return jdbc.sql(COLUMNS + "where t.number = ?").param(number).query(ROW).optional();
    }

    /** Newest first. */
    public List<Kept> before(UUID id, int limit) {
        return jdbc.sql(COLUMNS + "where t.id < ? order by t.id desc limit ?")
                .params(id, limit)
                .query(ROW)
                .list();
    }

    /** Kept from being gone on from twice at once, until the transaction ends. */
    public void lock(UUID id) {
        jdbc.sql("select from tasks where id = ? for update").param(id).query().listOfRows();
    }

    /** Those that go on from it or begin it anew, oldest first; by tasks_origin. */
    public List<Kept> from(UUID origin) {
        return jdbc.sql(COLUMNS + "where t.origin = ? order by t.id")
                .param(origin)
                .query(ROW)
                .list();
    }

    private static final RowMapper<Kept> ROW = TaskTable::kept;

    private static Kept kept(ResultSet row, int index) throws SQLException {
        return new Kept(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getObject(8, UUID.class),
                row.getString(9),
                row.getTimestamp(10).toInstant(),
                row.getObject(11) == null
                        ? null
                        : new Origin(row.getObject(11, UUID.class), row.getLong(12), row.getObject(13, Long.class)));
    }
}
