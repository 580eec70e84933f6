package dev.temper.platform.resource;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A kind of machine that quotas are about.
 *
 * @param selector labels (key=value) that a node of it bears, all of them
 * @param defaultCeiling how many devices a tenant without a quota may hold
 */
public record PoolView(
        UUID id,
        String name,
        String description,
        List<String> selector,
        int defaultCeiling,
        Instant createdAt,
        long version)
        implements Versioned {
    public PoolView {
        selector = List.copyOf(selector);
    }
}
