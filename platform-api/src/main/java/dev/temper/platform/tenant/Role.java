package dev.temper.platform.tenant;

import static dev.temper.platform.common.Permission.ANNOTATE;
import static dev.temper.platform.common.Permission.MANAGE_TENANT;
import static dev.temper.platform.common.Permission.OWN_TENANT;
import static dev.temper.platform.common.Permission.READ;
import static dev.temper.platform.common.Permission.READ_AUDIT;
import static dev.temper.platform.common.Permission.WRITE;

import dev.temper.platform.common.Permission;
import java.util.Set;

/** What somebody is in a tenant, and so what they may do there. The whole table. */
public enum Role {
    VIEWER(READ),
    ANNOTATOR(ANNOTATE),
    MEMBER(READ, WRITE, ANNOTATE),
    ADMIN(READ, WRITE, ANNOTATE, READ_AUDIT, MANAGE_TENANT),
    OWNER(READ, WRITE, ANNOTATE, READ_AUDIT, MANAGE_TENANT, OWN_TENANT);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is.
    private final Set<Permission> permissions;

    Role(Permission... permissions) {
        this.permissions = Set.of(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** What it takes to give somebody this role, or take it from them: only owners make and unmake admins and owners. */
    public Permission toGrant() {
        return this == OWNER || this == ADMIN ? OWN_TENANT : MANAGE_TENANT;
    }
}
