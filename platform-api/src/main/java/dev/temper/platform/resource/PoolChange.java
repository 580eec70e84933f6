package dev.temper.platform.resource;

import java.util.List;

/**
 * What an admin settles about a pool.
 *
 * @param selector labels (key=value) that a node must bear, all of them; none takes what no other pool takes
 * @param defaultCeiling how many devices a tenant without a quota may hold
 */
public record PoolChange(String description, List<String> selector, int defaultCeiling) {
    public PoolChange {
        Limits.text("/description", description, 500);
        selector = Limits.labels("/selector", selector);
        Limits.range("/defaultCeiling", defaultCeiling, 0, Limits.DEVICES);
    }
}
