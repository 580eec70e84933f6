package dev.temper.platform.tenant;

import dev.temper.platform.common.ErrorCode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A customer: people, their work, and the wall around both. */
@Entity
@Table(name = "tenants")
class Tenant {
    @Id
    private UUID id;

    @Column(updatable = false)
    private String slug;

    private String name;

    @Enumerated(EnumType.STRING)
    private TenantStatus status;

    private String timeZone;

    @Column(updatable = false)
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Tenant() {}

    @SuppressWarnings("NullAway.Init")
    Tenant(UUID id, String slug, String name, String timeZone, Instant now) {
        this.id = id;
        this.slug = slug;
        this.name = name;
        this.status = TenantStatus.ACTIVE;
        this.timeZone = timeZone;
        this.createdAt = now;
    }

    UUID id() {
        return id;
    }

    String slug() {
        return slug;
    }

    long version() {
        return version;
    }

    void rename(String newName) {
        refuseIfClosed();
        name = newName;
    }

    void moveTo(String newTimeZone) {
        refuseIfClosed();
        timeZone = newTimeZone;
    }

    void suspend() {
        refuseIfClosed();
        status = TenantStatus.SUSPENDED;
    }

    void resume() {
        refuseIfClosed();
        status = TenantStatus.ACTIVE;
    }

    void close() {
        status = TenantStatus.CLOSED;
    }

    private void refuseIfClosed() {
        if (status == TenantStatus.CLOSED) {
            throw ErrorCode.TENANT_CLOSED.with("tenant", name);
        }
    }

    TenantView view() {
        return new TenantView(id, slug, name, status, timeZone, createdAt, version);
    }
}
