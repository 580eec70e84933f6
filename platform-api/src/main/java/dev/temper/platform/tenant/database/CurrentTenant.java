package dev.temper.platform.tenant.database;

import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.TenantScope;
import java.util.UUID;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Tells Hibernate which rows of {@code @TenantId} entities there are: those of the scope, all of them for work on the
 * fleet (of which the database shows those of compute), or none.
 */
final class CurrentTenant implements CurrentTenantIdentifierResolver<UUID> {
    /** Nobody's: no row carries it, and the database would refuse one that did. */
    private static final UUID NOBODY = new UUID(0, 0);

    @Override
    public UUID resolveCurrentTenantIdentifier() {
        return FleetScope.entered()
                ? FleetScope.EVERY_TENANT
                : TenantScope.current().orElse(NOBODY);
    }

    @Override
    public boolean isRoot(UUID tenant) {
        return tenant.equals(FleetScope.EVERY_TENANT);
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }
}
