package dev.temper.platform.resource;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A cell of the matrix tenant × pool. Written by the platform's admins, for any tenant: hence no {@code TenantOwned}. */
@Entity
@Table(name = "quotas")
@SuppressWarnings("UnusedVariable") // What is only written here is for plain SQL to read.
class Quota {
    @Id
    private UUID id;

    @Column(updatable = false)
    private UUID tenantId;

    @Column(updatable = false)
    private UUID poolId;

    private int guaranteed;
    private int ceiling;
    private @Nullable Long monthlyGpuHours;
    private @Nullable Long maxRunSeconds;
    private @Nullable Integer maxJobs;
    private int minPriority;
    private int maxPriority;

    private Instant updatedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Quota() {}

    @SuppressWarnings("NullAway.Init")
    Quota(UUID id, UUID tenantId, UUID poolId) {
        this.id = id;
        this.tenantId = tenantId;
        this.poolId = poolId;
    }

    void become(QuotaLimits limits, Instant now) {
        guaranteed = limits.guaranteed();
        ceiling = limits.ceiling();
        monthlyGpuHours = limits.monthlyGpuHours();
        maxRunSeconds = limits.maxRunSeconds();
        maxJobs = limits.maxJobs();
        minPriority = limits.minPriority();
        maxPriority = limits.maxPriority();
        updatedAt = now;
    }

    UUID tenantId() {
        return tenantId;
    }

    UUID poolId() {
        return poolId;
    }

    long version() {
        return version;
    }

    QuotaLimits limits() {
        return new QuotaLimits(guaranteed, ceiling, monthlyGpuHours, maxRunSeconds, maxJobs, minPriority, maxPriority);
    }
}
