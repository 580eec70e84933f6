package dev.temper.platform.resource;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which cells of the matrix are wanted.
 *
 * @param tenantId null for every tenant
 * @param poolId null for every pool
 */
public record QuotaFilter(@Nullable UUID tenantId, @Nullable UUID poolId) {
    public static final QuotaFilter ALL = new QuotaFilter(null, null);
}
