package dev.temper.platform.resource;

import dev.temper.platform.common.Use;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which node belongs to which pool: the one whose selector it bears and that asks for most; of equals the first by name. */
@Component
class PoolMembership {
    private static final String SETTLE = """
            update nodes n set pool_id = (
                select p.id from pools p where p.selector <@ n.labels
                order by cardinality(p.selector) desc, p.name limit 1)
            """;

    private final JdbcClient jdbc;

    PoolMembership(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void settle(UUID nodeId) {
        jdbc.sql(SETTLE + "where n.id = ?").params(nodeId).update();
    }

    /** After a pool has changed. */
    void settleAll() {
        jdbc.sql(SETTLE + "where n.retired_at is null").update();
    }

    /** What refers to a pool; of tenants it says only how many there are. */
    List<Use> uses(UUID poolId) {
        return jdbc.sql("""
                        select 'jobs', count(*) from jobs where pool_id = :pool having count(*) > 0
                        union all
                        select 'quotas', count(*) from quotas where pool_id = :pool having count(*) > 0
                        union all
                        select 'reservations', count(*) from reservations where pool_id = :pool having count(*) > 0
                        """)
                .param("pool", poolId)
                .query((row, _) -> new Use(row.getString(1), row.getString(2)))
                .list();
    }

    /** Before a pool goes: its nodes come to the pool that fits them next. */
    void empty(UUID poolId) {
        jdbc.sql("""
                update nodes n set pool_id = (
                    select p.id from pools p where p.selector <@ n.labels and p.id <> :pool
                    order by cardinality(p.selector) desc, p.name limit 1)
                where n.pool_id = :pool
                """).param("pool", poolId).update();
    }
}
