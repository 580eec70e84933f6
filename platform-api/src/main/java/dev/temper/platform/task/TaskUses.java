package dev.temper.platform.task;

import dev.temper.platform.common.Use;
import dev.temper.platform.dataset.VersionUses;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What dataset versions are needed for: tasks that have not ended, drafts, and the tuned models that name them as what they
 * learned from. A task that has ended without a model has its own copy of the rows, and needs nothing.
 */
@Component
class TaskUses implements VersionUses {
    private static final int NAMED = 10;

    private final JdbcClient jdbc;

    TaskUses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Use> of(UUID version) {
        return jdbc.sql("""
                        select 'task', '#' || t.number || ' ' || t.name, t.id from tasks t join jobs j on j.id = t.job_id
                        where j.ended_at is null
                          and t.data @> jsonb_build_array(jsonb_build_object('version', cast(:version as text)))
                        union all
                        select 'draft', '#' || d.number, d.id from task_drafts d
                        where d.task_id is null and strpos(coalesce(d.form ->> 'data', ''), cast(:version as text)) > 0
                        union all
                        select 'tuned_model', m.name || ' v' || m.version, m.id from tuned_models m
                        where m.lineage -> 'data' @> jsonb_build_array(jsonb_build_object('version', cast(:version as text)))
                        order by 3 desc limit :named
                        """)
                .param("version", version.toString())
                .param("named", NAMED)
                .query((row, _) -> new Use(row.getString(1), row.getString(2)))
                .list();
    }
}
