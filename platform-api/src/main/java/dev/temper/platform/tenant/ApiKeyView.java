package dev.temper.platform.tenant;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is listed; never the key itself.
 *
 * @param prefix its first characters, by which its holder recognises it
 * @param owner the address of the person it acts for
 * @param lastUsedAt to the minute
 */
public record ApiKeyView(
        UUID id,
        String name,
        String prefix,
        Set<Scope> scopes,
        String owner,
        ApiKeyState state,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        long version)
        implements Versioned {}
