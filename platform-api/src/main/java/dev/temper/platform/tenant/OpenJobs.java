package dev.temper.platform.tenant;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The jobs of a tenant that have not ended. */
@Component
class OpenJobs {
    private static final int NAMED = 10;

    private final JdbcClient jdbc;

    OpenJobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The oldest by name and how many more there are; to whom the tenant's work is not to know, only how many. By jobs_open. */
    List<Use> of(UUID tenant) {
        int named = Caller.current().may(Permission.READ) ? NAMED : 0;
        List<Use> uses = new ArrayList<>(jdbc.sql("""
                        select '#' || number || ' ' || name from jobs
                        where tenant_id = ? and ended_at is null order by id limit ?
                        """)
                .params(tenant, named)
                .query((row, _) -> new Use("job", row.getString(1)))
                .list());
        long more = jdbc.sql("select count(*) from jobs where tenant_id = ? and ended_at is null")
                        .param(tenant)
                        .query(Long.class)
                        .single()
                - uses.size();
        if (more > 0) {
            uses.add(new Use("jobs", String.valueOf(more)));
        }
        return uses;
    }
}
