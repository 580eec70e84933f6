package dev.temper.platform.tenant;

import dev.temper.platform.common.Permission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who the person of a session is at this moment, and what they are in the tenant they ask for. */
@Service
public class People {
    private final JdbcClient jdbc;
    private final MyTenants tenants;

    People(JdbcClient jdbc, MyTenants tenants) {
        this.jdbc = jdbc;
        this.tenants = tenants;
    }

    /**
     * A person as a request needs them.
     *
     * @param tenant the tenant asked for, where they belong to it
     */
    public record Person(
            UUID id,
            String email,
            boolean platformAdmin,
            boolean mustChangePassword,
            @Nullable MyTenant tenant) {

        public Set<Permission> permissions() {
            var permissions = EnumSet.noneOf(Permission.class);
            if (tenant != null) {
                permissions.addAll(tenant.role().permissions());
            }
            if (platformAdmin) {
                permissions.add(Permission.MANAGE_PLATFORM);
            }
            return permissions;
        }
    }

    /** Nobody, if the account is gone or disabled. */
    @Transactional(readOnly = true)
    public Optional<Person> find(UUID id, @Nullable String tenantSlug) {
        return jdbc.sql("select email, platform_admin, must_change_password from users where id = ? and not disabled")
                .param(id)
                .query((row, _) -> new Person(
                        id,
                        row.getString(1),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        tenantSlug == null ? null : tenants.of(id, tenantSlug).orElse(null)))
                .optional();
    }
}
