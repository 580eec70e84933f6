package dev.temper.platform.common;

import jakarta.persistence.MappedSuperclass;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/**
 * What belongs to one tenant. Hibernate sets the tenant of the {@linkplain TenantScope scope} when a row is made and
 * reads only that tenant's rows; the database's policies hold the same.
 */
@MappedSuperclass
public abstract class TenantOwned {
    @TenantId
    private UUID tenantId;

    @SuppressWarnings("NullAway.Init")
    protected TenantOwned() {}

    public UUID tenantId() {
        return tenantId;
    }
}
