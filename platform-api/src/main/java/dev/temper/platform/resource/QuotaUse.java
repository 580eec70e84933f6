package dev.temper.platform.resource;

import dev.temper.platform.common.Versioned;
import java.util.UUID;

/**
 * What a tenant may have of a pool, and what it has.
 *
 * @param tenant its name
 * @param pool its name
 * @param set false where the pool's default is what holds
 * @param held devices in its hands now
 * @param borrowed those of them above what it is guaranteed
 * @param queuedJobs jobs that wait for devices of this pool
 * @param queuedDevices how many devices these ask for
 * @param usedSeconds seconds of devices held in the calendar month (UTC) so far
 */
public record QuotaUse(
        UUID tenantId,
        String tenant,
        UUID poolId,
        String pool,
        QuotaLimits limits,
        boolean set,
        int held,
        int borrowed,
        int queuedJobs,
        int queuedDevices,
        long usedSeconds,
        long version)
        implements Versioned {}
