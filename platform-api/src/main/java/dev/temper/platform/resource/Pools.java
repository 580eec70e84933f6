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
import dev.temper.platform.common.Use;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** The pools, which everybody may see and the platform's admins change. */
@Service
public class Pools {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    private final PoolRepository pools;
    private final PoolMembership membership;
    private final Stock stock;
    private final Audit audit;
    private final Clock clock;
    private final TransactionOperations transactions;

    Pools(
            PoolRepository pools,
            PoolMembership membership,
            Stock stock,
            Audit audit,
            Clock clock,
            TransactionOperations transactions) {
        this.pools = pools;
        this.membership = membership;
        this.stock = stock;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** By name. */
    @Transactional(readOnly = true)
    public List<PoolView> list() {
        return pools.all().stream().map(Pool::view).toList();
    }

    /**
     * By name, those whose selector has all these labels.
     *
     * @param labels as in {@code gpu=a100-80g}; none for every pool
     */
    @Transactional(readOnly = true)
    public Page<PoolView> list(Collection<String> labels, PageQuery page) {
        String after = page.after().map(key -> key.text(0)).orElse("");
        List<PoolView> rows = pools.all().stream()
                .map(Pool::view)
                .filter(pool ->
                        pool.name().compareTo(after) > 0 && pool.selector().containsAll(labels))
                .limit(page.fetch())
                .toList();
        return page.slice(rows, pool -> Keyset.of(pool.name()));
    }

    /** What the machines of each pool come to, over all tenants. */
    public Map<UUID, PoolStock> stock() {
        return onFleet(stock::ofPools);
    }

    /** The devices that each pool has, the best kind first and of each kind the largest; who holds them is not looked at. */
    public Map<String, List<PoolDevices>> devices() {
        return Objects.requireNonNull(transactions.execute(_ -> stock.devices()));
    }

    @Transactional(readOnly = true)
    public PoolView get(UUID id) {
        return find(id).view();
    }

    @Transactional(readOnly = true)
    public Optional<PoolView> byName(String name) {
        return pools.findByName(name).map(Pool::view);
    }

    public PoolView create(String name, PoolChange settings) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        if (!NAME.matcher(name).matches()) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/name").with("form", "a100-80g");
        }
        return onFleet(() -> {
            if (pools.findByName(name).isPresent()) {
                throw ErrorCode.POOL_NAME_TAKEN.at("/name").with("pool", name);
            }
            PoolView made = pools.saveAndFlush(new Pool(Ids.next(), name, settings, clock.instant()))
                    .view();
            membership.settleAll();
            audit.record(AuditAction.POOL_CREATED, target(made), null, made);
            return made;
        });
    }

    public PoolView change(UUID id, PoolChange settings, IfMatch version) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return onFleet(() -> {
            Pool pool = find(id);
            version.check(pool.version());
            PoolView before = pool.view();
            pool.become(settings);
            PoolView after = pools.saveAndFlush(pool).view();
            membership.settleAll();
            audit.record(AuditAction.POOL_CHANGED, target(after), before, after);
            return after;
        });
    }

    /** Only a pool that no job was ever sent to, and that is not the one of all that is left over. */
    public void remove(UUID id, IfMatch version) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        onFleet(() -> {
            Pool pool = find(id);
            version.check(pool.version());
            Use.refuse(
                    id.equals(Pool.DEFAULT) ? List.of(new Use("default_pool", "")) : membership.uses(id),
                    ErrorCode.POOL_IN_USE,
                    "pool",
                    pool.name());
            membership.empty(id);
            pools.delete(pool);
            audit.record(AuditAction.POOL_REMOVED, target(pool.view()), pool.view(), null);
            return pool;
        });
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private Pool find(UUID id) {
        return pools.findById(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static AuditTarget target(PoolView pool) {
        return AuditTarget.of("pool", pool.id(), pool.name());
    }
}
