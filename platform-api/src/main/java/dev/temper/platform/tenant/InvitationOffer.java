package dev.temper.platform.tenant;

import java.time.Instant;

/**
 * What somebody who holds an invitation is offered.
 *
 * @param hasAccount whether they sign in to accept, or choose a name and a password
 */
public record InvitationOffer(
        String tenantSlug, String tenantName, String email, Role role, Instant expiresAt, boolean hasAccount) {}
