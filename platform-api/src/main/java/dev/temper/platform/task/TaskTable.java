package dev.temper.platform.task;

import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.JobView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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

    /** @param after the last one of the page before */
    public List<Kept> list(TaskFilter filter, Optional<Keyset> after, int limit) {
        TaskFilter.Order order = filter.order();
        List<String> where = new ArrayList<>(List.of("t.tenant_id = :tenant"));
        if (!filter.states().isEmpty()) {
            where.add("j.state = any(:states)");
        }
        if (filter.owner() != null) {
            where.add("t.created_by = :owner");
        }
        if (!filter.method().isEmpty()) {
            where.add("coalesce(t.asked #>> '{settings,method,type}', 'lora') = :method");
        }
        if (!filter.model().isEmpty()) {
            where.add("t.model = :model");
        }
        if (!filter.text().isEmpty()) {
            where.add("(strpos(lower(t.name), lower(:text)) > 0 or t.number::text = ltrim(:text, '#'))");
        }
        String key = order.byName() ? "(t.name, t.id)" : "t.id";
        if (after.isPresent()) {
            where.add(key + (order.falling() ? " < " : " > ") + (order.byName() ? "(:name, :id)" : ":id"));
        }
        String way = order.falling() ? " desc" : "";
        return jdbc.sql(COLUMNS + (filter.states().isEmpty() ? "" : "join jobs j on j.id = t.job_id\n") + "where "
                        + String.join(" and ", where) + " order by " + (order.byName() ? "t.name" + way + ", " : "")
                        + "t.id" + way + " limit :limit")
                .param("tenant", TenantScope.require())
                .param("states", filter.states().stream().map(Enum::name).toArray(String[]::new))
                .param("owner", filter.owner())
                .param("method", filter.method())
                .param("model", filter.model())
                .param("text", filter.text())
                .param(
                        "name",
                        after.map(last -> last.text(order.byName() ? 1 : 0)).orElse(null))
                .param("id", after.map(last -> last.uuid(0)).orElse(null))
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    /** Newest first. */
    public List<Kept> numbered(Collection<Long> numbers) {
        return jdbc.sql(COLUMNS + "where t.tenant_id = ? and t.number = any(?) order by t.id desc")
                .params(TenantScope.require(), numbers.toArray(Long[]::new))
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
