package dev.temper.platform.scheduling;

import dev.temper.platform.scheduling.ClusterSnapshot.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides who starts, who makes room and why the others wait. The same snapshot always gives the same plan.
 *
 * <p>Order: who is within the tenant's ceiling; guaranteed before borrowed; who waited longer than
 * {@link PlanningRules#patience}; priority; fair share; age.
 *
 * <p><b>Starvation bound.</b> A job that could run in the empty pool and that no rule of its own tenant holds starts, as
 * long as guarantees and reservations leave it room, no later than {@code patience + (k + 1) × R} after it was queued: {@code
 * k} is the number of jobs of its pool that were queued before it, {@code R} the longest time any run takes. After its
 * patience only those k go before it, the first of the queue has a node kept for it, and a kept node is free after R.
 */
public final class Planner {
    private Planner() {}

    public static List<Decision> plan(ClusterSnapshot snapshot) {
        var decisions = new ArrayList<Decision>(snapshot.queued().size() + 16);
        snapshot.pools().stream()
                .sorted(Comparator.comparing(Pool::id))
                .forEach(pool -> decisions.addAll(plan(snapshot, pool)));
        return decisions;
    }

    static List<Decision> plan(ClusterSnapshot snapshot, Pool pool) {
        var decisions = new ArrayList<Decision>();
        new PoolPlan(snapshot, pool).decide(decisions);
        return decisions;
    }
}
