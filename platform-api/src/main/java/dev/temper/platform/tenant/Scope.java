package dev.temper.platform.tenant;

import dev.temper.platform.common.Permission;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What a key is for. A key may do what its scopes allow and its maker still may. */
public enum Scope {
    READ(Permission.READ),
    WRITE(Permission.READ, Permission.WRITE, Permission.ANNOTATE),
    ADMIN(Permission.READ, Permission.READ_AUDIT, Permission.MANAGE_TENANT, Permission.OWN_TENANT);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is.
    private final Set<Permission> permissions;

    Scope(Permission... permissions) {
        this.permissions = Set.of(permissions);
    }

    /** Whether somebody who may do {@code held} may give a key this scope. */
    public boolean within(Set<Permission> held) {
        return switch (this) {
            case READ -> held.contains(Permission.READ);
            case WRITE -> held.contains(Permission.WRITE);
            case ADMIN -> held.contains(Permission.MANAGE_TENANT);
        };
    }

    /** What a key with these scopes may do while its maker may do {@code ofMaker}. */
    static Set<Permission> permissions(Collection<Scope> scopes, Set<Permission> ofMaker) {
        var allowed = EnumSet.noneOf(Permission.class);
        scopes.forEach(scope -> allowed.addAll(scope.permissions));
        allowed.retainAll(ofMaker);
        return allowed;
    }
}
