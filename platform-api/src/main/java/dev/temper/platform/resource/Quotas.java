package dev.temper.platform.resource;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Permission;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** The matrix tenant × pool, which the platform's admins edit. */
@Service
public class Quotas {
    private final QuotaRepository quotas;
    private final PoolRepository pools;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;
    private final TransactionOperations transactions;

    Quotas(
            QuotaRepository quotas,
            PoolRepository pools,
            JdbcClient jdbc,
            Audit audit,
            Clock clock,
            TransactionOperations transactions) {
        this.quotas = quotas;
        this.pools = pools;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** Every cell that was set; the others have nothing guaranteed and their pool's default ceiling. */
    public List<QuotaView> matrix() {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return onFleet(() -> quotas.findAll().stream().map(Quotas::view).toList());
    }

    /** Sets a cell. Ceilings may be as high as one likes, but no more can be guaranteed than there is. */
    public QuotaView set(UUID tenantId, UUID poolId, QuotaLimits limits) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return onFleet(() -> {
            Pool pool = pools.findById(poolId).orElseThrow(ErrorCode.NOT_FOUND::problem);
            // Two admins who guarantee the same devices come one after the other.
            jdbc.sql("select id from pools where id = ? for update")
                    .params(poolId)
                    .query()
                    .singleRow();
            if (!tenantExists(tenantId)) {
                throw ErrorCode.NOT_FOUND.problem();
            }
            Optional<Quota> known = quotas.findByTenantIdAndPoolId(tenantId, poolId);
            QuotaLimits before = known.map(Quota::limits).orElse(null);
            if (before == null || limits.guaranteed() > before.guaranteed()) {
                refuseOvercommitted(tenantId, pool, limits.guaranteed());
            }
            Quota quota = known.orElseGet(() -> new Quota(Ids.next(), tenantId, poolId));
            quota.become(limits, clock.instant());
            QuotaView after = view(quotas.saveAndFlush(quota));
            audit.record(AuditAction.QUOTA_CHANGED, target(tenantId, pool), before, limits);
            return after;
        });
    }

    /** Empties a cell: the tenant has the pool's default again. */
    public void remove(UUID tenantId, UUID poolId) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        onFleet(() -> {
            Pool pool = pools.findById(poolId).orElseThrow(ErrorCode.NOT_FOUND::problem);
            Quota quota = quotas.findByTenantIdAndPoolId(tenantId, poolId).orElseThrow(ErrorCode.NOT_FOUND::problem);
            quotas.delete(quota);
            audit.record(AuditAction.QUOTA_REMOVED, target(tenantId, pool), quota.limits(), null);
            return quota;
        });
    }

    /** A pool without machines may be promised: they come later. */
    private void refuseOvercommitted(UUID tenantId, Pool pool, int guaranteed) {
        long devices = jdbc.sql("""
                        select count(*) from devices d join nodes n on n.id = d.node_id
                        where n.pool_id = ? and n.retired_at is null and d.present
                        """).params(pool.id()).query(Long.class).single();
        long others = jdbc.sql("select coalesce(sum(guaranteed), 0) from quotas where pool_id = ? and tenant_id <> ?")
                .params(pool.id(), tenantId)
                .query(Long.class)
                .single();
        if (devices > 0 && guaranteed > 0 && others + guaranteed > devices) {
            throw ErrorCode.QUOTA_OVERCOMMITTED
                    .at("/guaranteed")
                    .with("guaranteed", others + guaranteed)
                    .with("pool", pool.name())
                    .with("devices", devices);
        }
    }

    private boolean tenantExists(UUID tenantId) {
        return jdbc.sql("select exists (select from tenants where id = ?)")
                .params(tenantId)
                .query(Boolean.class)
                .single();
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private static QuotaView view(Quota quota) {
        return new QuotaView(quota.tenantId(), quota.poolId(), quota.limits(), quota.version());
    }

    private static AuditTarget target(UUID tenantId, Pool pool) {
        return new AuditTarget("quota", tenantId + "/" + pool.id(), pool.name());
    }
}
