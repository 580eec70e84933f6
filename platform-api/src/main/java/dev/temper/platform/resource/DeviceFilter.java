package dev.temper.platform.resource;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which devices are wanted.
 *
 * @param pool the pool's name
 * @param free whether nobody holds it, or somebody does
 */
public record DeviceFilter(
        @Nullable UUID nodeId,
        @Nullable String pool,
        @Nullable DeviceKind kind,
        @Nullable Boolean free) {}
