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
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A program's way in, on behalf of the person who made it, for one tenant. */
@Entity
@Table(name = "api_keys")
class ApiKey extends TenantOwned {
    @Id
    private UUID id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id", updatable = false)
    private User user;

    @Column(updatable = false)
    private String name;

    @Column(updatable = false)
    private String prefix;

    @Column(updatable = false)
    private String keyHash;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Set<Scope> scopes;

    @Column(updatable = false)
    private Instant createdAt;

    @Column(updatable = false)
    private @Nullable Instant expiresAt;

    /** Written past the entity, by {@link KeySignIn}. */
    @Column(insertable = false, updatable = false)
    private @Nullable Instant lastUsedAt;

    private @Nullable Instant revokedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected ApiKey() {}

    @SuppressWarnings("NullAway.Init")
    ApiKey(
            UUID id,
            User user,
            String name,
            String prefix,
            String keyHash,
            Set<Scope> scopes,
            Instant now,
            @Nullable Instant expiresAt) {
        this.id = id;
        this.user = user;
        this.name = name;
        this.prefix = prefix;
        this.keyHash = keyHash;
        this.scopes = new TreeSet<>(scopes);
        this.createdAt = now;
        this.expiresAt = expiresAt;
    }

    UUID userId() {
        return user.id();
    }

    boolean revoked() {
        return revokedAt != null;
    }

    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    ApiKeyView view(Instant now) {
        ApiKeyState state = revokedAt != null
                ? ApiKeyState.REVOKED
                : expiresAt != null && !now.isBefore(expiresAt) ? ApiKeyState.EXPIRED : ApiKeyState.ACTIVE;
        return new ApiKeyView(
                id,
                name,
                prefix,
                new TreeSet<>(scopes),
                user.email(),
                state,
                createdAt,
                expiresAt,
                lastUsedAt,
                revokedAt,
                version);
    }
}
