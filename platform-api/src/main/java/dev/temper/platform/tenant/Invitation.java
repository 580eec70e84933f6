package dev.temper.platform.tenant;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The offer of a role to an e-mail address, taken up by whoever holds its token and that address. */
@Entity
@Table(name = "invitations")
class Invitation extends TenantOwned {
    private static final Duration VALID = Duration.ofDays(7);

    @Id
    private UUID id;

    @Column(updatable = false)
    private String email;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(updatable = false)
    private String tokenHash;

    @Column(updatable = false)
    @SuppressWarnings("UnusedVariable") // Kept for whoever looks into the database.
    private @Nullable UUID invitedBy;

    @Column(updatable = false)
    private Instant createdAt;

    @Column(updatable = false)
    private Instant expiresAt;

    private @Nullable Instant acceptedAt;

    @SuppressWarnings("UnusedVariable") // Kept for whoever looks into the database.
    private @Nullable UUID acceptedBy;

    private @Nullable Instant revokedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Invitation() {}

    @SuppressWarnings("NullAway.Init")
    Invitation(UUID id, String email, Role role, String tokenHash, @Nullable UUID invitedBy, Instant now) {
        this.id = id;
        this.email = email;
        this.role = role;
        this.tokenHash = tokenHash;
        this.invitedBy = invitedBy;
        this.createdAt = now;
        this.expiresAt = now.plus(VALID);
    }

    String email() {
        return email;
    }

    Role role() {
        return role;
    }

    InvitationState state(Instant now) {
        if (acceptedAt != null) {
            return InvitationState.ACCEPTED;
        }
        if (revokedAt != null) {
            return InvitationState.REVOKED;
        }
        return now.isBefore(expiresAt) ? InvitationState.OPEN : InvitationState.EXPIRED;
    }

    void accept(UUID user, Instant now) {
        if (state(now) != InvitationState.OPEN) {
            throw ErrorCode.INVITATION_UNUSABLE.problem();
        }
        acceptedAt = now;
        acceptedBy = user;
    }

    /** Ends an invitation nobody has taken up; again does nothing. */
    void revoke(Instant now) {
        if (acceptedAt != null) {
            throw ErrorCode.INVITATION_UNUSABLE.problem();
        }
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    InvitationView view(Instant now) {
        return new InvitationView(id, email, role, state(now), createdAt, expiresAt, version);
    }
}
