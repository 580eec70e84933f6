package dev.temper.platform.model;

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

    /** Tasks of the tenant, by name; of other tenants' it says only that there are any. */
    List<String> of(Kept model) {
        if (model.shared()) {
            boolean given = jdbc.sql("""
                            select exists (select from job_files j join base_model_files f on f.sha256 = j.sha256
                                           where f.model_id = ? and j.role = 'INPUT')
                            """).param(model.id()).query(Boolean.class).single();
            return given ? List.of("tasks") : List.of();
        }
        return jdbc.sql("select name from tasks where base_model_id = ? order by id desc limit ?")
                .params(model.id(), NAMED)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
