package dev.temper.platform.resource;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device in the hands of a run, from one moment to another.
 *
 * @param job its number; null where the job is no more
 * @param person whose job it was: their address
 * @param reason why it stops there: still_held, or why the device was given back
 */
record LedgerRow(
        Instant startsAt,
        Instant stopsAt,
        BigDecimal deviceSeconds,
        String pool,
        String node,
        int slot,
        @Nullable Long job,
        @Nullable String jobName,
        String person,
        boolean borrowed,
        String reason) {}
