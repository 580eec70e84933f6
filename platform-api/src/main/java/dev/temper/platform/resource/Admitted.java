package dev.temper.platform.resource;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a demand can be met.
 *
 * @param kind what its devices will be; null where the pool has none yet to choose from
 */
public record Admitted(UUID poolId, @Nullable DeviceKind kind) {}
