package dev.temper.platform.model;

import dev.temper.platform.common.TenantScope;
import dev.temper.platform.model.TunedModelView.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How tuned models are kept. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class TunedModelTable {
    private static final String COLUMNS = """
            select m.id, m.number, m.name, m.version, m.kind, m.task_id, t.number, m.base_model, m.base_name,
                   m.lineage::text, m.size, u.email, m.created_at
            from tuned_models m join tasks t on t.id = m.task_id join users u on u.id = m.created_by
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    TunedModelTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whose it is and what it began with is the task's to say. */
    public void insert(UUID id, long number, String name, Kind kind, UUID task, String lineage, long size) {
        jdbc.sql("""
                insert into tuned_models (id, tenant_id, number, name, version, kind, task_id, base_model, base_name,
                    lineage, size, created_by, created_at)
                select :id, t.tenant_id, :number, :name,
                    1 + coalesce((select max(version) from tuned_models where name = :name), 0),
                    :kind, t.id, t.base_model_id, t.model, :lineage::jsonb, :size, t.created_by, :now
                from tasks t where t.id = :task and t.tenant_id = :tenant
                """)
                .param("id", id)
                .param("number", number)
                .param("name", name)
                .param("kind", kind.name())
                .param("lineage", lineage)
                .param("size", size)
                .param("now", Timestamp.from(clock.instant()))
                .param("task", task)
                .param("tenant", TenantScope.require())
                .update();
    }

    public Optional<TunedModelView> find(UUID id) {
        return jdbc.sql(COLUMNS + "where m.id = ?").param(id).query(ROW).optional();
    }

    public Optional<TunedModelView> byNumber(long number) {
        return jdbc.sql(COLUMNS + "where m.number = ?").param(number).query(ROW).optional();
    }

    public Optional<TunedModelView> ofTask(UUID task) {
        return jdbc.sql(COLUMNS + "where m.task_id = ?").param(task).query(ROW).optional();
    }

    public UUID job(UUID id) {
        return jdbc.sql("select t.job_id from tuned_models m join tasks t on t.id = m.task_id where m.id = ?")
                .param(id)
                .query(UUID.class)
                .single();
    }

    /** Newest first. */
    public List<TunedModelView> before(UUID id, int limit) {
        return jdbc.sql(COLUMNS + "where m.id < ? order by m.id desc limit ?")
                .params(id, limit)
                .query(ROW)
                .list();
    }

    public void delete(UUID id) {
        jdbc.sql("delete from tuned_models where id = ?").param(id).update();
    }

    private static final RowMapper<TunedModelView> ROW = TunedModelTable::view;

    private static TunedModelView view(ResultSet row, int index) throws SQLException {
        return new TunedModelView(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getString(3),
                row.getInt(4),
                Kind.valueOf(row.getString(5)),
                row.getObject(6, UUID.class),
                row.getLong(7),
                row.getObject(8, UUID.class),
                row.getString(9),
                row.getString(10),
                row.getLong(11),
                row.getString(12),
                row.getTimestamp(13).toInstant());
    }
}
