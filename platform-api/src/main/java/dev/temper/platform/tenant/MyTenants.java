package dev.temper.platform.tenant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where a person belongs, read before a tenant is chosen: the policy "own" on memberships shows a person's rows to the
 * transaction that names the person, and nothing else does.
 */
@Component
class MyTenants {
    private static final String MINE = """
            select t.id, t.slug, t.name, t.status, m.role
            from memberships m join tenants t on t.id = m.tenant_id
            where m.user_id = :person and t.status <> 'CLOSED'
            """;

    private final JdbcClient jdbc;

    MyTenants(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public List<MyTenant> of(UUID person) {
        name(person);
        return jdbc.sql(MINE + "order by lower(t.name), t.id")
                .param("person", person)
                .query(MyTenants::row)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<MyTenant> of(UUID person, String slug) {
        name(person);
        return jdbc.sql(MINE + "and t.slug = :slug")
                .param("person", person)
                .param("slug", slug)
                .query(MyTenants::row)
                .optional();
    }

    private static MyTenant row(ResultSet row, int number) throws SQLException {
        return new MyTenant(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getString("name"),
                TenantStatus.valueOf(row.getString("status")),
                Role.valueOf(row.getString("role")));
    }

    private void name(UUID person) {
        jdbc.sql("select set_config('temper.person', ?, true)")
                .param(person.toString())
                .query(String.class)
                .single();
    }
}
