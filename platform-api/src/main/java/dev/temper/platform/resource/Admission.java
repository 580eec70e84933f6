package dev.temper.platform.resource;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.TenantScope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
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
    private final PoolRepository pools;
    private final QuotaRepository quotas;
    private final JdbcClient jdbc;

    Admission(PoolRepository pools, QuotaRepository quotas, JdbcClient jdbc) {
        this.pools = pools;
        this.quotas = quotas;
        this.jdbc = jdbc;
    }

    /** The pool, if the demand can be met there one day. */
    public UUID admit(Demand demand) {
        Pool pool = pools.findByName(demand.pool())
                .orElseThrow(() -> ErrorCode.POOL_UNKNOWN
                        .at("/pool")
                        .with("pool", demand.pool())
                        .with("pools", pools.all().stream().map(Pool::name).toList()));
        QuotaLimits limits = quotas.findByTenantIdAndPoolId(TenantScope.require(), pool.id())
                .map(Quota::limits)
                .orElseGet(() -> QuotaLimits.none(pool.defaultCeiling()));
        refuseAboveNode(demand, pool);
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
        if (demand.priority() < limits.minPriority() || demand.priority() > limits.maxPriority()) {
            throw ErrorCode.FIELD_OUT_OF_RANGE
                    .at("/priority")
                    .with("min", limits.minPriority())
                    .with("max", limits.maxPriority());
        }
        return pool.id();
    }

    private record Size(String pool, int most) {}

    /** A pool without any node waits for its first; one whose nodes are all too small would wait for ever. */
    private void refuseAboveNode(Demand demand, Pool pool) {
        List<Size> sizes = jdbc.sql("""
                        select p.name as pool, max(counted.devices) as most
                        from (select n.pool_id, count(*) as devices from nodes n join devices d on d.node_id = n.id
                              where n.retired_at is null and d.present group by n.id) counted
                        join pools p on p.id = counted.pool_id group by p.name order by p.name
                        """)
                .query((row, _) -> new Size(row.getString("pool"), row.getInt("most")))
                .list();
        int most = sizes.stream()
                .filter(size -> size.pool().equals(pool.name()))
                .mapToInt(Size::most)
                .max()
                .orElse(demand.devices());
        if (demand.devices() > most) {
            throw ErrorCode.JOB_ABOVE_NODE
                    .at("/devices")
                    .with("devices", demand.devices())
                    .with("pool", demand.pool())
                    .with("most", most)
                    .with(
                            "pools",
                            sizes.stream()
                                    .map(size -> size.pool() + " (" + size.most() + ")")
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

    /** A budget that is used up comes back with the next month; one that is smaller than the job never suffices. */
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
