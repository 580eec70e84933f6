package dev.temper.platform.dataset;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.common.Use;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How endpoints are kept; their keys are only handed out sealed. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EndpointTable {
    private static final String COLUMNS = """
            select e.id, e.name, e.base_url, e.model, e.key_encrypted is not null, u.email, e.created_at, e.changed_at,
                   e.version
            from model_endpoints e left join users u on u.id = e.created_by
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    EndpointTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void insert(UUID id, String name, String address, String model, byte @Nullable [] key) {
        jdbc.sql("""
                insert into model_endpoints (id, tenant_id, name, base_url, model, key_encrypted, created_by, created_at,
                                             changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(Arrays.asList(
                        id,
                        TenantScope.require(),
                        name,
                        address,
                        model,
                        key,
                        Caller.current().userId(),
                        now(),
                        now()))
                .update();
    }

    public void change(UUID id, String name, String address, String model, byte @Nullable [] key) {
        jdbc.sql("""
                update model_endpoints set name = ?, base_url = ?, model = ?, key_encrypted = ?, changed_at = ?,
                                           version = version + 1
                where id = ?
                """)
                .params(Arrays.asList(name, address, model, key, now(), id))
                .update();
    }

    public void delete(UUID id) {
        jdbc.sql("delete from model_endpoints where id = ?").param(id).update();
    }

    /** Those whose last version asks it. */
    public List<Use> recipes(String name) {
        return jdbc.sql("""
                        select r.name from recipes r
                        where exists (
                            select from recipe_versions v where v.recipe_id = r.id
                              and v.number = (select max(number) from recipe_versions where recipe_id = r.id)
                              and v.recipe @> jsonb_build_object(
                                  'steps', jsonb_build_array(jsonb_build_object('endpoint', cast(? as text)))))
                        order by r.name limit 10
                        """)
                .param(name)
                .query((row, _) -> new Use("recipe", row.getString(1)))
                .list();
    }

    public Optional<EndpointView> find(UUID id) {
        return jdbc.sql(COLUMNS + "where e.id = ?")
                .param(id)
                .query(EndpointTable::view)
                .optional();
    }

    public Optional<EndpointView> byName(String name) {
        return jdbc.sql(COLUMNS + "where e.name = ?")
                .param(name)
                .query(EndpointTable::view)
                .optional();
    }

    /** Newest first. */
    public List<EndpointView> before(UUID id, int limit) {
        return jdbc.sql(COLUMNS + "where e.id < ? order by e.id desc limit ?")
                .params(id, limit)
                .query(EndpointTable::view)
                .list();
    }

    public Optional<byte[]> key(UUID id) {
        return jdbc.sql("select key_encrypted from model_endpoints where id = ? and key_encrypted is not null")
                .param(id)
                .query((row, _) -> row.getBytes(1))
                .optional();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static EndpointView view(ResultSet row, int index) throws SQLException {
        return new EndpointView(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6),
                row.getTimestamp(7).toInstant(),
                row.getTimestamp(8).toInstant(),
                row.getLong(9));
    }
}
