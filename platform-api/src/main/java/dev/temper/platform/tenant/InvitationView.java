package dev.temper.platform.tenant;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.UUID;

/** An invitation as the tenant's admins see it; never with its token. */
public record InvitationView(
        UUID id, String email, Role role, InvitationState state, Instant createdAt, Instant expiresAt, long version)
        implements Versioned {}
