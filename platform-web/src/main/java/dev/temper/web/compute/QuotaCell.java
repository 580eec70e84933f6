package dev.temper.web.compute;

import dev.temper.platform.resource.QuotaLimits;
import dev.temper.platform.resource.QuotaUse;
import dev.temper.web.shell.Formats;
import java.util.UUID;

/**
 * What a tenant may have of a pool and has, as it is drawn.
 *
 * @param ceiling its ceiling; ∞ where there are more than anybody could want
 * @param used hours of devices this month
 * @param budget the hours it may use a month; empty for no budget
 * @param spent how much of the budget is gone: warn from 80 %, bad from 100 %
 */
record QuotaCell(
        UUID tenantId,
        String tenant,
        UUID poolId,
        String pool,
        boolean set,
        String guaranteed,
        String ceiling,
        int held,
        int borrowed,
        int queuedJobs,
        int queuedDevices,
        String used,
        String budget,
        String spent,
        Bar bar) {
    private static final int UNLIMITED = 100_000;
    private static final double HOUR = 3_600;

    static QuotaCell of(QuotaUse use, int devices, Formats formats) {
        QuotaLimits limits = use.limits();
        int most =
                Math.max(use.held(), Math.max(limits.guaranteed(), Math.min(limits.ceiling(), Math.max(1, devices))));
        return new QuotaCell(
                use.tenantId(),
                use.tenant(),
                use.poolId(),
                use.pool(),
                use.set(),
                formats.number(limits.guaranteed()),
                limits.ceiling() >= UNLIMITED ? "∞" : formats.number(limits.ceiling()),
                use.held(),
                use.borrowed(),
                use.queuedJobs(),
                use.queuedDevices(),
                Measures.hours(use.usedSeconds()),
                limits.monthlyGpuHours() == null ? "" : formats.number(limits.monthlyGpuHours()),
                spent(limits, use.usedSeconds()),
                Bar.of(use.held(), use.borrowed(), limits.guaranteed(), most));
    }

    private static String spent(QuotaLimits limits, long seconds) {
        Long budget = limits.monthlyGpuHours();
        if (budget == null) {
            return "";
        }
        double part = seconds / HOUR / Math.max(1, budget);
        return part >= 1 ? "bad" : part >= 0.8 ? "warn" : "";
    }
}
