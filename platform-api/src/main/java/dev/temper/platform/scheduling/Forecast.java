package dev.temper.platform.scheduling;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When each waiting job will probably start: the queue is played forward by the estimates, over devices without a place and
 * without anybody new. Good enough for a person who asks; nothing is decided by it.
 */
final class Forecast {
    private final Instant now;
    private final Slots pool = new Slots();
    private final Map<Account, Slots> tenants = new HashMap<>();

    Forecast(Floor floor, Collection<Account> accounts, Instant now) {
        this.now = now;
        for (Spot spot : floor.spots()) {
            pool.add(spot.free.size(), now);
            spot.parts().forEach(part -> pool.add(part.devices(), part.run().ends));
        }
        for (Account account : accounts) {
            var slots = new Slots();
            slots.add(account.ceiling() - account.held(), now);
            account.runs.forEach(run -> slots.add(run.devices, run.ends));
            tenants.put(account, slots);
        }
    }

    /** To be asked in the order of the queue. */
    @Nullable
    Instant start(Applicant applicant, Waiting why, @Nullable Instant kept) {
        Instant earliest = kept != null ? kept : notBefore(applicant, why);
        Slots tenant = tenants.get(applicant.account);
        if (earliest == null || tenant == null) {
            return null;
        }
        int devices = applicant.job.devices();
        Instant inPool = pool.take(devices);
        Instant inTenant = tenant.take(devices);
        if (inPool == null || inTenant == null) {
            return null;
        }
        Instant start = kept != null ? kept : later(earliest, later(inPool, inTenant));
        Instant end = start.plus(applicant.account.runTime(applicant.job.estimate()));
        pool.add(devices, end);
        tenant.add(devices, end);
        return start;
    }

    private @Nullable Instant notBefore(Applicant applicant, Waiting why) {
        return switch (why) {
            case Waiting.DevicesBusy _, Waiting.RoomBeingMade _, Waiting.TenantCeiling _ -> now;
            case Waiting.KeptForJobAhead kept -> kept.until();
            case Waiting.Reserved reserved -> reserved.ends();
            case Waiting.UserCeiling _, Waiting.MaxJobs _ -> applicant.account.firstEnd();
            case Waiting.BudgetSpent spent -> spent.renews();
            case Waiting.Resting resting -> resting.until();
            case Waiting.NodesUnavailable _, Waiting.NoNodeCan _, Waiting.NeverFits _ -> null;
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
