package dev.temper.platform.tenant;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.UUID;

/** A tenant as it is shown. */
public record TenantView(
        UUID id, String slug, String name, TenantStatus status, String timeZone, Instant createdAt, long version)
        implements Versioned {}
