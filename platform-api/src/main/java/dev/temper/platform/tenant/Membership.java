package dev.temper.platform.tenant;

import dev.temper.platform.common.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** That a person belongs to a tenant, and as what. */
@Entity
@Table(name = "memberships")
class Membership extends TenantOwned {
    @Id
    private UUID id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id", updatable = false)
    private User user;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(updatable = false)
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Membership() {}

    @SuppressWarnings("NullAway.Init")
    Membership(UUID id, User user, Role role, Instant now) {
        this.id = id;
        this.user = user;
        this.role = role;
        this.createdAt = now;
    }

    UUID userId() {
        return user.id();
    }

    Role role() {
        return role;
    }

    long version() {
        return version;
    }

    void become(Role newRole) {
        role = newRole;
    }

    Member view() {
        return new Member(id, user.id(), user.email(), user.displayName(), role, createdAt, version);
    }
}
