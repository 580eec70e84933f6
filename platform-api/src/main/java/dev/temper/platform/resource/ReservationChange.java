package dev.temper.platform.resource;

import java.time.Instant;

/**
 * What a reservation is to be from now on.
 *
 * @param note what for; the tenant reads it
 */
public record ReservationChange(int devices, Instant startsAt, Instant endsAt, String note) {}
