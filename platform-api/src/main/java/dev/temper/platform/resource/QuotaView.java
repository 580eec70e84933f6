package dev.temper.platform.resource;

import dev.temper.platform.common.Versioned;
import java.util.UUID;

/**
 * A tenant's quota in a pool.
 *
 * @param version 0 where nobody has set it, 1 for the first one that was set
 */
public record QuotaView(UUID tenantId, UUID poolId, QuotaLimits limits, long version) implements Versioned {}
