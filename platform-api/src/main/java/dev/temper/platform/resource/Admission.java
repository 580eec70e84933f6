package dev.temper.platform.resource;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.TenantScope;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether a demand of the tenant in scope can ever be met. What has to wait may wait; what could never start is refused
 * before it queues, with what would fit.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY, readOnly = true)
public class Admission {
    /** In the order in which they are given to who does not say what they want. */
    private static final List<DeviceKind> BEST_FIRST = List.of(DeviceKind.NVIDIA, DeviceKind.SIMULATED, DeviceKind.CPU);

    private final PoolRepository pools;
    private final QuotaRepository quotas;
    private final Budgets budgets;
    private final JdbcClient jdbc;

    Admission(PoolRepository pools, QuotaRepository quotas, Budgets budgets, JdbcClient jdbc) {
        this.pools = pools;
        this.quotas = quotas;
        this.budgets = budgets;
        this.jdbc = jdbc;
    }

    /** The pool and the kind of devices, if the demand can be met there one day. */
    public Admitted admit(Demand demand) {
        Pool pool = pools.findByName(demand.pool())
                .orElseThrow(() -> ErrorCode.POOL_UNKNOWN
                        .at("/pool")
                        .with("pool", demand.pool())
                        .with("pools", pools.all().stream().map(Pool::name).toList()));
        QuotaLimits limits = quotas.findByTenantIdAndPoolId(TenantScope.require(), pool.id())
                .map(Quota::limits)
                .orElseGet(() -> QuotaLimits.none(pool.defaultCeiling()));
        DeviceKind kind = refuseAboveNode(demand, pool);
        refuseAbove(demand, limits.ceiling(), ErrorCode.JOB_ABOVE_CEILING);
        refuseAbove(demand, share(pool.id(), demand.userId()), ErrorCode.JOB_ABOVE_SHARE);
        if (limits.maxJobs() != null && limits.maxJobs() == 0) {
            throw ErrorCode.JOB_ABOVE_CEILING
                    .at("/pool")
                    .with("pool", demand.pool())
                    .with("devices", demand.devices())
                    .with("most", 0);
        }
        if (limits.maxRunSeconds() != null && demand.estimate().toSeconds() > limits.maxRunSeconds()) {
            throw ErrorCode.JOB_TOO_LONG
                    .at("/estimateSeconds")
                    .with("estimate", demand.estimate())
                    .with("most", Duration.ofSeconds(limits.maxRunSeconds()))
                    .with("pool", demand.pool());
        }
        refuseAboveBudget(demand, limits);
        refuseSpentBudget(demand, pool);
        refusePriority(demand.priority(), limits);
        return new Admitted(pool.id(), kind);
    }

    /** Whether the tenant's jobs in that pool may have that priority. */
    public void admitPriority(UUID pool, int priority) {
        quotas.findByTenantIdAndPoolId(TenantScope.require(), pool)
                .map(Quota::limits)
                .ifPresent(limits -> refusePriority(priority, limits));
    }

    private static void refusePriority(int priority, QuotaLimits limits) {
        if (priority < limits.minPriority() || priority > limits.maxPriority()) {
            throw ErrorCode.FIELD_OUT_OF_RANGE
                    .at("/priority")
                    .with("min", limits.minPriority())
                    .with("max", limits.maxPriority());
        }
    }

    /**
     * So many devices of that kind are on one node of the pool at most.
     *
     * @param can whether those nodes' workers can do the run
     */
    private record Size(String pool, DeviceKind kind, boolean can, int most) {}

    /**
     * A pool without any node waits for its first; one whose nodes are all too small would wait for ever.
     *
     * @return the kind of devices it will get
     */
    private @Nullable DeviceKind refuseAboveNode(Demand demand, Pool pool) {
        List<Size> all = jdbc.sql("""
                        select p.name as pool, counted.kind, counted.can, max(counted.devices) as most
                        from (select n.pool_id, d.kind, n.run_kinds is null or ? = any(n.run_kinds) as can,
                                     count(*) as devices
                              from nodes n join devices d on d.node_id = n.id
                              where n.retired_at is null and d.present group by n.id, d.kind) counted
                        join pools p on p.id = counted.pool_id
                        group by p.name, counted.kind, counted.can order by p.name, counted.kind
                        """)
                .param(demand.run())
                .query((row, _) -> new Size(
                        row.getString("pool"),
                        DeviceKind.valueOf(row.getString("kind")),
                        row.getBoolean("can"),
                        row.getInt("most")))
                .list();
        refuseUnknownRun(demand, pool, all);
        List<Size> sizes = all.stream().filter(Size::can).toList();
        List<Size> here = sizes.stream()
                .filter(size -> size.pool().equals(pool.name()))
                .sorted(Comparator.comparingInt(size -> BEST_FIRST.indexOf(size.kind())))
                .toList();
        List<Size> wanted = here.stream()
                .filter(size -> demand.kind() == null || size.kind() == demand.kind())
                .toList();
        if (here.isEmpty()) {
            return demand.kind();
        }
        int most = wanted.stream().mapToInt(Size::most).max().orElse(0);
        if (demand.devices() > most) {
            throw ErrorCode.JOB_ABOVE_NODE
                    .at("/devices")
                    .with("devices", demand.devices())
                    .with("pool", demand.pool())
                    .with("most", most)
                    .with(
                            "pools",
                            sizes.stream()
                                    .map(size -> "%s (%d %s)".formatted(size.pool(), size.most(), size.kind()))
                                    .toList());
        }
        return wanted.stream()
                .filter(size -> size.most() >= demand.devices())
                .findFirst()
                .map(Size::kind)
                .orElse(demand.kind());
    }

    /** As with one whose nodes are too small: the workers that are there would leave the job in the queue for ever. */
    private static void refuseUnknownRun(Demand demand, Pool pool, List<Size> sizes) {
        List<Size> here =
                sizes.stream().filter(size -> size.pool().equals(pool.name())).toList();
        if (!here.isEmpty() && here.stream().noneMatch(Size::can)) {
            throw ErrorCode.JOB_KIND_WITHOUT_NODE
                    .at("/pool")
                    .with("kind", demand.run())
                    .with("pool", demand.pool())
                    .with(
                            "pools",
                            sizes.stream()
                                    .filter(Size::can)
                                    .map(Size::pool)
                                    .distinct()
                                    .toList());
        }
    }

    private static void refuseAbove(Demand demand, int most, ErrorCode code) {
        if (demand.devices() > most) {
            throw code.at("/devices")
                    .with("devices", demand.devices())
                    .with("pool", demand.pool())
                    .with("most", most);
        }
    }

    /** What is used up this month is said at once; a job that waits when it happens goes on waiting for the next. */
    private void refuseSpentBudget(Demand demand, Pool pool) {
        budgets.of(TenantScope.require(), pool.id())
                .filter(budget -> budget.percent() >= 100)
                .ifPresent(budget -> {
                    throw ErrorCode.JOB_BUDGET_SPENT
                            .at("/pool")
                            .with("pool", demand.pool())
                            .with("budget", budget.hours())
                            .with("renews", budget.renewsAt());
                });
    }

    /** A budget smaller than the job never suffices, not even a whole month of it. */
    private static void refuseAboveBudget(Demand demand, QuotaLimits limits) {
        if (limits.monthlyGpuHours() == null) {
            return;
        }
        long seconds = Math.multiplyExact(demand.estimate().toSeconds(), demand.devices());
        long hours = Math.ceilDiv(seconds, Duration.ofHours(1).toSeconds());
        if (hours > limits.monthlyGpuHours()) {
            throw ErrorCode.JOB_ABOVE_BUDGET
                    .at("/estimateSeconds")
                    .with("hours", hours)
                    .with("pool", demand.pool())
                    .with("budget", limits.monthlyGpuHours());
        }
    }

    private int share(UUID pool, UUID user) {
        return jdbc.sql("select max_devices from quota_shares where tenant_id = ? and pool_id = ? and user_id = ?")
                .params(TenantScope.require(), pool, user)
                .query(Integer.class)
                .optional()
                .orElse(Limits.DEVICES);
    }
}
