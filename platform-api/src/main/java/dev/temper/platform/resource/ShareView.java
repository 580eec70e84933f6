package dev.temper.platform.resource;

import dev.temper.platform.common.Versioned;
import java.util.UUID;

/**
 * What a tenant's admins let one person of it hold of a pool at once.
 *
 * @param person their address
 */
public record ShareView(UUID id, String pool, UUID userId, String person, int maxDevices, long version)
        implements Versioned {}
