package dev.temper.platform.resource;

import java.math.BigDecimal;

/**
 * What somebody or something held.
 *
 * @param key its id, or the day
 * @param name as people know it: a name, an address, a day
 * @param deviceSeconds a device for a second, exact to the microsecond
 * @param borrowedSeconds those of them above what the tenant is guaranteed
 * @param jobs how many jobs held them
 */
public record LedgerSum(String key, String name, BigDecimal deviceSeconds, BigDecimal borrowedSeconds, int jobs) {}
