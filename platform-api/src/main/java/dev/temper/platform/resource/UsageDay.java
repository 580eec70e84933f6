package dev.temper.platform.resource;

import java.time.LocalDate;
import java.util.UUID;

/**
 * What one person held of one pool on one day (UTC), as the ledger has it.
 *
 * @param person their address
 * @param borrowed whether it was above what the tenant is guaranteed
 */
public record UsageDay(LocalDate day, String pool, UUID userId, String person, boolean borrowed, long deviceSeconds) {}
