package dev.temper.platform.tenant;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.UUID;

/**
 * A person in the tenant.
 *
 * @param id of the membership
 */
public record Member(UUID id, UUID userId, String email, String displayName, Role role, Instant joinedAt, long version)
        implements Versioned {}
