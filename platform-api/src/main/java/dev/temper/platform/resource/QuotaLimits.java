package dev.temper.platform.resource;

import dev.temper.platform.common.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant may have of a pool.
 *
 * @param guaranteed devices it gets whoever else wants them
 * @param ceiling devices it may hold while nobody else needs them
 * @param monthlyGpuHours device-hours in a calendar month (UTC); null for no budget
 * @param maxRunSeconds how long a job may plan to run; null for no limit
 * @param maxJobs how many of its jobs may hold devices at once; null for no limit
 * @param minPriority the lowest priority a job of it may have
 * @param maxPriority the highest
 */
public record QuotaLimits(
        int guaranteed,
        int ceiling,
        @Nullable Long monthlyGpuHours,
        @Nullable Long maxRunSeconds,
        @Nullable Integer maxJobs,
        int minPriority,
        int maxPriority) {
    public static final int LOWEST_PRIORITY = 0;
    public static final int HIGHEST_PRIORITY = 100;

    private static final long MOST_HOURS = 100_000_000;
    private static final long SHORTEST = 60;
    private static final long LONGEST = Duration.ofDays(366).toSeconds();

    public QuotaLimits {
        Limits.range("/guaranteed", guaranteed, 0, Limits.DEVICES);
        Limits.range("/ceiling", ceiling, 0, Limits.DEVICES);
        if (ceiling < guaranteed) {
            throw ErrorCode.QUOTA_CEILING_TOO_LOW
                    .at("/ceiling")
                    .with("guaranteed", guaranteed)
                    .with("ceiling", ceiling);
        }
        if (monthlyGpuHours != null) {
            Limits.range("/monthlyGpuHours", monthlyGpuHours, 0, MOST_HOURS);
        }
        if (maxRunSeconds != null) {
            Limits.range("/maxRunSeconds", maxRunSeconds, SHORTEST, LONGEST);
        }
        if (maxJobs != null) {
            Limits.range("/maxJobs", maxJobs, 0, Limits.DEVICES);
        }
        Limits.range("/minPriority", minPriority, LOWEST_PRIORITY, HIGHEST_PRIORITY);
        Limits.range("/maxPriority", maxPriority, minPriority, HIGHEST_PRIORITY);
    }

    /** Of a tenant without a quota. */
    static QuotaLimits none(int ceiling) {
        return new QuotaLimits(0, ceiling, null, null, null, LOWEST_PRIORITY, HIGHEST_PRIORITY);
    }
}
