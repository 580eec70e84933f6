package dev.temper.platform.tenant;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as they see themselves.
 *
 * @param locale {@code en} or {@code zh-CN}
 * @param passwordSet false for those who come by single sign-on only
 * @param totpOn whether signing in asks for a code
 */
public record Profile(
        UUID id,
        String email,
        String displayName,
        String locale,
        Theme theme,
        String timeZone,
        boolean passwordSet,
        boolean mustChangePassword,
        @Nullable Instant passwordChangedAt,
        boolean totpOn,
        boolean platformAdmin,
        @Nullable Instant lastLoginAt,
        Instant createdAt,
        long version)
        implements Versioned {}
