package dev.temper.platform.model;

import dev.temper.platform.common.Use;
import dev.temper.platform.model.BaseModelTable.Kept;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What keeps a base model from being deleted. */
@Component
class ModelUses {
    private static final int NAMED = 5;

    private final JdbcClient jdbc;

    ModelUses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tasks, tuned models and drafts of the tenant; of other tenants' it says only how many there are. */
    List<Use> of(Kept model) {
        if (model.shared()) {
            long given = jdbc.sql("""
                            select count(distinct j.job_id) from job_files j join base_model_files f on f.sha256 = j.sha256
                            where f.model_id = ? and j.role = 'INPUT'
                            """).param(model.id()).query(Long.class).single();
            return given == 0 ? List.of() : List.of(new Use("jobs", String.valueOf(given)));
        }
        return jdbc.sql("""
                        select 'task', '#' || number || ' ' || name, id from tasks where base_model_id = :model
                        union all
                        select 'tuned_model', name || ' v' || version, id from tuned_models where base_model = :model
                        union all
                        select 'draft', '#' || number, id from task_drafts
                        where task_id is null and form ->> 'model' = :name
                        order by 3 desc limit :named
                        """)
                .param("model", model.id())
                .param("name", model.view().name())
                .param("named", NAMED)
                .query((row, _) -> new Use(row.getString(1), row.getString(2)))
                .list();
    }
}
