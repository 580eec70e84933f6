package dev.temper.platform.resource;

import java.time.Instant;

/**
 * Published in the transaction of the tenant that is warned: once a month for each part of a budget.
 *
 * @param percent 80 or 100
 * @param hours of devices that it may use
 */
public record BudgetReached(String pool, int percent, long hours, long usedSeconds, Instant renewsAt) {}
