package dev.temper.platform.common;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, for which tenant, and what they may do there. Controllers take one as a parameter and hand it to a
 * use-case, which asks it before anything else.
 *
 * @param userId the person, or the person a key acts for; null for workers and the platform itself
 * @param tenantId the tenant of the request; null outside of one
 */
public record Caller(
        Actor actor, @Nullable UUID userId, @Nullable UUID tenantId, Set<Permission> permissions) {

    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /** The platform itself: may do everything, in a tenant or outside of one. */
    public static Caller system(String chore) {
        return new Caller(
                Actor.system(chore), null, TenantScope.current().orElse(null), EnumSet.allOf(Permission.class));
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    public Optional<UUID> person() {
        return Optional.ofNullable(userId);
    }
}
