package dev.temper.platform.dataset;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.TenantScope;
import java.sql.Array;
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

/** How recipes are kept: a row each, and one for each version. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RecipeTable {
    private static final String COLUMNS = """
            select r.id, r.name, r.description, r.latest, v.recipe::text, v.mapping::text, v.columns, u.email,
                   r.created_at, r.changed_at, r.version
            from recipes r
            join recipe_versions v on v.recipe_id = r.id and v.number = r.latest
            left join users u on u.id = r.created_by
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    RecipeTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void insert(UUID id, String name, String description) {
        jdbc.sql("""
                insert into recipes (id, tenant_id, name, description, latest, created_by, created_at, changed_at)
                values (?, ?, ?, ?, 1, ?, ?, ?)
                """)
                .params(Arrays.asList(
                        id,
                        TenantScope.require(),
                        name,
                        description,
                        Caller.current().userId(),
                        now(),
                        now()))
                .update();
    }

    public void addVersion(UUID recipe, int number, String json, @Nullable String mapping, List<String> columns) {
        jdbc.sql("""
                insert into recipe_versions (id, tenant_id, recipe_id, number, recipe, mapping, columns, created_by,
                                             created_at)
                values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?)
                """)
                .params(Arrays.asList(
                        Ids.next(),
                        TenantScope.require(),
                        recipe,
                        number,
                        json,
                        mapping,
                        columns.toArray(String[]::new),
                        Caller.current().userId(),
                        now()))
                .update();
    }

    public void change(UUID id, String name, String description, int latest) {
        jdbc.sql("""
                update recipes set name = ?, description = ?, latest = ?, changed_at = ?, version = version + 1
                where id = ?
                """).params(name, description, latest, now(), id).update();
    }

    public void delete(UUID id) {
        jdbc.sql("delete from recipe_versions where recipe_id = ?").param(id).update();
        jdbc.sql("delete from recipes where id = ?").param(id).update();
    }

    public Optional<RecipeView> find(UUID id) {
        return jdbc.sql(COLUMNS + "where r.id = ?")
                .param(id)
                .query(RecipeTable::view)
                .optional();
    }

    public Optional<UUID> byName(String name) {
        return jdbc.sql("select id from recipes where name = ?")
                .param(name)
                .query((row, _) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** Newest first. */
    public List<RecipeView> before(UUID id, int limit) {
        return jdbc.sql(COLUMNS + "where r.id < ? order by r.id desc limit ?")
                .params(id, limit)
                .query(RecipeTable::view)
                .list();
    }

    /** Newest first. */
    public List<RecipeVersionView> versions(UUID recipe, int before, int limit) {
        return jdbc.sql("""
                        select v.id, v.recipe_id, v.number, v.recipe::text, v.mapping::text, u.email, v.created_at
                        from recipe_versions v left join users u on u.id = v.created_by
                        where v.recipe_id = ? and v.number < ? order by v.number desc limit ?
                        """)
                .params(recipe, before, limit)
                .query((row, _) -> new RecipeVersionView(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getTimestamp(7).toInstant()))
                .list();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static RecipeView view(ResultSet row, int index) throws SQLException {
        Array columns = row.getArray(7);
        return new RecipeView(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                columns == null ? List.of() : List.of((String[]) columns.getArray()),
                row.getString(8),
                row.getTimestamp(9).toInstant(),
                row.getTimestamp(10).toInstant(),
                row.getLong(11));
    }
}
