package dev.temper.platform.resource;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How a tenant's admins share its quota out among its people. Who has no share may hold as much as the tenant; a share above
 * the tenant's ceiling gives nobody more than the ceiling.
 */
@Service
@Transactional
public class Shares {
    private static final RowMapper<ShareView> VIEW = new SimplePropertyRowMapper<>(ShareView.class);

    private static final String COLUMNS = """
            select s.id, p.name as pool, s.user_id, u.email as person, s.max_devices, s.version
            from quota_shares s join pools p on p.id = s.pool_id join users u on u.id = s.user_id
            """;

    private final PoolRepository pools;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;

    Shares(PoolRepository pools, JdbcClient jdbc, Audit audit, Clock clock) {
        this.pools = pools;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** In the order of pools and people. */
    @Transactional(readOnly = true)
    public List<ShareView> list() {
        Caller.current().require(Permission.READ);
        return jdbc.sql(COLUMNS + "where s.tenant_id = ? order by p.name, u.email")
                .params(TenantScope.require())
                .query(VIEW)
                .list();
    }

    /** Sets what a member may hold at once. */
    public ShareView set(String poolName, UUID userId, int maxDevices) {
        Caller.current().require(Permission.MANAGE_TENANT);
        Limits.range("/maxDevices", maxDevices, 0, Limits.DEVICES);
        Pool pool = pools.findByName(poolName)
                .orElseThrow(() -> ErrorCode.POOL_UNKNOWN
                        .at("/pool")
                        .with("pool", poolName)
                        .with("pools", pools.all().stream().map(Pool::name).toList()));
        UUID tenant = TenantScope.require();
        if (!jdbc.sql("select exists (select from memberships where tenant_id = ? and user_id = ?)")
                .params(tenant, userId)
                .query(Boolean.class)
                .single()) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/userId").with("form", "the id of a member of the tenant");
        }
        Optional<ShareView> before = of(tenant, pool.id(), userId);
        jdbc.sql("""
                insert into quota_shares (id, tenant_id, pool_id, user_id, max_devices, updated_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (tenant_id, pool_id, user_id) do update set max_devices = excluded.max_devices,
                    updated_at = excluded.updated_at, version = quota_shares.version + 1
                """)
                .params(Ids.next(), tenant, pool.id(), userId, maxDevices, Timestamp.from(clock.instant()))
                .update();
        ShareView after = of(tenant, pool.id(), userId).orElseThrow();
        audit.record(AuditAction.QUOTA_SHARE_CHANGED, target(after), before.orElse(null), after);
        return after;
    }

    /** Lets the person hold as much as the tenant again. */
    public void remove(UUID id, IfMatch version) {
        Caller.current().require(Permission.READ);
        ShareView share = jdbc.sql(COLUMNS + "where s.id = ? for update of s")
                .params(id)
                .query(VIEW)
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
        Caller.current().require(Permission.MANAGE_TENANT);
        version.check(share.version());
        jdbc.sql("delete from quota_shares where id = ?").params(id).update();
        audit.record(AuditAction.QUOTA_SHARE_REMOVED, target(share), share, null);
    }

    private Optional<ShareView> of(UUID tenant, UUID pool, UUID user) {
        return jdbc.sql(COLUMNS + "where s.tenant_id = ? and s.pool_id = ? and s.user_id = ?")
                .params(tenant, pool, user)
                .query(VIEW)
                .optional();
    }

    private static AuditTarget target(ShareView share) {
        return AuditTarget.of("quota_share", share.id(), share.pool() + " " + share.person());
    }
}
