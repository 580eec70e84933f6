package dev.temper.platform.dataset;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A model that recipes may ask. Its key is never shown.
 *
 * @param name by which recipes call it
 * @param baseUrl up to and without {@code /chat/completions}
 * @param model the name the endpoint has for it
 * @param hasKey whether a key is kept for it
 */
public record EndpointView(
        UUID id,
        String name,
        String baseUrl,
        String model,
        boolean hasKey,
        @Nullable String createdBy,
        Instant createdAt,
        Instant changedAt,
        long version)
        implements Versioned {}
