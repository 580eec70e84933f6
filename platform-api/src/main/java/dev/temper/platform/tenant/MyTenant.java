package dev.temper.platform.tenant;

import java.util.UUID;

/** One of the tenants a person belongs to, as the switcher shows it. */
public record MyTenant(UUID id, String slug, String name, TenantStatus status, Role role) {}
