package dev.temper.web.compute;

import dev.temper.platform.resource.PoolStock;
import dev.temper.platform.resource.PoolView;
import java.util.List;
import java.util.UUID;

/**
 * A pool as it is drawn.
 *
 * @param overcommitted whether more is promised than there is
 */
record PoolRow(
        UUID id,
        String name,
        String description,
        List<String> selector,
        int defaultCeiling,
        PoolStock stock,
        Bar bar,
        boolean overcommitted,
        long version) {
    static PoolRow of(PoolView pool, PoolStock stock) {
        return new PoolRow(
                pool.id(),
                pool.name(),
                pool.description(),
                pool.selector(),
                pool.defaultCeiling(),
                stock,
                Bar.of(stock.held(), 0, 0, stock.devices()),
                stock.devices() > 0 && stock.guaranteed() > stock.devices(),
                pool.version());
    }
}
