package dev.temper.platform.resource;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** The matrix tenant × pool, which the platform's admins edit. */
@Service
public class Quotas {
    private static final long NEVER_SET = 0;
    private static final UUID FIRST = new UUID(0, 0);

    private final QuotaRepository quotas;
    private final QuotaUses uses;
    private final PoolRepository pools;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;
    private final TransactionOperations transactions;

    Quotas(
            QuotaRepository quotas,
            QuotaUses uses,
            PoolRepository pools,
            JdbcClient jdbc,
            Audit audit,
            Clock clock,
            TransactionOperations transactions) {
        this.quotas = quotas;
        this.uses = uses;
        this.pools = pools;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** The rows of the matrix: each tenant's cells in the order of the pools' names, tenants in the order they came. */
    public Page<TenantQuotas> matrix(PageQuery page) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        UUID after = page.after().map(key -> key.uuid(0)).orElse(FIRST);
        List<QuotaUse> cells = onFleet(() -> uses.ofTenants(after, page.fetch(), clock.instant()));
        List<TenantQuotas> rows = cells.stream()
                .collect(Collectors.groupingBy(QuotaUse::tenantId, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(TenantQuotas::new)
                .toList();
        return page.slice(rows, row -> Keyset.of(row.tenantId()));
    }

    /** Every pair of a tenant and a pool with what is used of it; in a tenant, its own pairs. */
    public Page<QuotaUse> uses(QuotaFilter filter, PageQuery page) {
        UUID mine = TenantScope.current().orElse(null);
        Caller.current().require(mine == null ? Permission.MANAGE_PLATFORM : Permission.READ);
        boolean others = mine != null && filter.tenantId() != null && !mine.equals(filter.tenantId());
        QuotaFilter wanted = mine == null ? filter : new QuotaFilter(mine, filter.poolId());
        List<QuotaUse> rows = others
                ? List.of()
                : onFleet(() -> uses.after(wanted, page.after().orElse(null), page.fetch(), clock.instant()));
        return page.slice(rows, use -> Keyset.of(use.tenantId(), use.pool()));
    }

    /** One cell: of any tenant for the platform's admins, for others of their own. */
    public QuotaUse use(UUID tenantId, UUID poolId) {
        Caller caller = Caller.current();
        if (!caller.may(Permission.MANAGE_PLATFORM)) {
            caller.require(Permission.READ);
            if (!TenantScope.require().equals(tenantId)) {
                throw ErrorCode.NOT_FOUND.problem();
            }
        }
        return onFleet(() -> uses.after(new QuotaFilter(tenantId, poolId), null, 1, clock.instant()).stream()
                .findFirst()
                .orElseThrow(ErrorCode.NOT_FOUND::problem));
    }

    /** Sets a cell, whatever is there. */
    public QuotaView set(UUID tenantId, UUID poolId, QuotaLimits limits) {
        return set(tenantId, poolId, limits, IfMatch.ANY);
    }

    /** Sets a cell. Ceilings may be as high as one likes, but no more can be guaranteed than there is. */
    public QuotaView set(UUID tenantId, UUID poolId, QuotaLimits limits, IfMatch version) {
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
            version.check(known.map(Quotas::version).orElse(NEVER_SET));
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
    public void remove(UUID tenantId, UUID poolId, IfMatch version) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        onFleet(() -> {
            Pool pool = pools.findById(poolId).orElseThrow(ErrorCode.NOT_FOUND::problem);
            Quota quota = quotas.findByTenantIdAndPoolId(tenantId, poolId).orElseThrow(ErrorCode.NOT_FOUND::problem);
            version.check(version(quota));
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
        return new QuotaView(quota.tenantId(), quota.poolId(), quota.limits(), version(quota));
    }

    private static long version(Quota quota) {
        return quota.version() + 1;
    }

    private static AuditTarget target(UUID tenantId, Pool pool) {
        return new AuditTarget("quota", tenantId + "/" + pool.id(), pool.name());
    }
}
