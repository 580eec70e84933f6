package dev.temper.platform.tenant;

import org.jspecify.annotations.Nullable;

/** What may be changed about a tenant; what is null stays as it is. */
public record TenantChange(@Nullable String name, @Nullable String timeZone) {}
