package dev.temper.platform.tenant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One browser somebody is signed in with.
 *
 * @param id names it without being the secret that opens it
 * @param current whether it is the one that asks
 */
public record SessionView(
        String id,
        @Nullable String address,
        @Nullable String browser,
        Instant signedInAt,
        Instant lastSeenAt,
        boolean current) {}
