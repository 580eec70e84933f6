package dev.temper.platform.resource;

import java.util.List;
import java.util.UUID;

/**
 * A row of the matrix.
 *
 * @param cells one for each pool, in the order of their names; at least one, because there always is a pool
 */
public record TenantQuotas(List<QuotaUse> cells) {
    public TenantQuotas {
        cells = List.copyOf(cells);
    }

    public UUID tenantId() {
        return cells.getFirst().tenantId();
    }

    public String tenant() {
        return cells.getFirst().tenant();
    }
}
