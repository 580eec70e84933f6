package dev.temper.platform.tenant;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.common.Use;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tenants themselves. The platform's admins make, suspend and close them, and see their names and states; an owner
 * renames or closes their own; everybody lists those they belong to.
 */
@Service
public class Tenants {
    private static final UUID FIRST = new UUID(0, 0);

    private final TenantRepository tenants;
    private final MyTenants mine;
    private final OpenJobs openJobs;
    private final Audit audit;
    private final Clock clock;
    private final TransactionOperations transactions;

    Tenants(
            TenantRepository tenants,
            MyTenants mine,
            OpenJobs openJobs,
            Audit audit,
            Clock clock,
            TransactionOperations transactions) {
        this.tenants = tenants;
        this.mine = mine;
        this.openJobs = openJobs;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * Makes a tenant without members.
     *
     * @param slug its short name in addresses; made from the name where it is null
     */
    public TenantView create(String name, @Nullable String slug) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        String checkedName = Input.name("/name", name);
        if (slug != null && !Slugs.isSlug(slug)) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/slug").with("form", "a-z, 0-9, -");
        }
        UUID id = Ids.next();
        // Entered before the transaction, so that the tenant's own audit log begins with its creation.
        return TenantScope.call(
                id,
                () -> Objects.requireNonNull(transactions.execute(_ -> {
                    if (slug != null && tenants.existsBySlug(slug)) {
                        throw ErrorCode.TENANT_SLUG_TAKEN.at("/slug").with("slug", slug);
                    }
                    String chosen = slug == null ? Slugs.from(checkedName, tenants::existsBySlug) : slug;
                    var tenant = tenants.saveAndFlush(new Tenant(id, chosen, checkedName, "UTC", clock.instant()));
                    audit.record(AuditAction.TENANT_CREATED, target(tenant.view()), null, tenant.view());
                    return tenant.view();
                })));
    }

    /** Every tenant of the platform, oldest first. */
    @Transactional(readOnly = true)
    public Page<TenantView> all(PageQuery page) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        UUID after = page.after().map(key -> key.uuid(0)).orElse(FIRST);
        List<TenantView> rows = tenants.after(after, Limit.of(page.fetch())).stream()
                .map(Tenant::view)
                .toList();
        return page.slice(rows, tenant -> Keyset.of(tenant.id()));
    }

    /** Every tenant for the platform's admins; for others those they belong to, on one page. */
    @Transactional(readOnly = true)
    public Page<TenantView> list(PageQuery page) {
        if (Caller.current().may(Permission.MANAGE_PLATFORM)) {
            return all(page);
        }
        List<UUID> own = mine().stream().map(MyTenant::id).toList();
        return new Page<>(tenants.findByIdIn(own).stream().map(Tenant::view).toList(), null);
    }

    /** The tenants the person belongs to, with their role there, by name; through a key, only the key's. */
    @Transactional(readOnly = true)
    public List<MyTenant> mine() {
        Caller caller = Caller.current();
        List<MyTenant> all = mine.of(caller.requirePerson());
        return caller.actor().kind() == Actor.Kind.API_KEY
                ? all.stream()
                        .filter(tenant -> tenant.id().equals(TenantScope.require()))
                        .toList()
                : all;
    }

    /** Any tenant for the platform's admins; for others the one they work in. */
    @Transactional(readOnly = true)
    public TenantView get(UUID id) {
        refuseUnlessVisible(id);
        return tenants.findById(id).orElseThrow(ErrorCode.NOT_FOUND::problem).view();
    }

    /** Changes what is given: its name, the zone in which its days begin. */
    public TenantView update(UUID id, TenantChange change, IfMatch version) {
        String name = change.name() == null ? null : Input.name("/name", change.name());
        String timeZone = change.timeZone() == null ? null : Input.timeZone("/timeZone", change.timeZone());
        return change(id, version, Permission.MANAGE_TENANT, AuditAction.TENANT_CHANGED, tenant -> {
            if (name != null) {
                tenant.rename(name);
            }
            if (timeZone != null) {
                tenant.moveTo(timeZone);
            }
        });
    }

    /** Nobody can work in it until it is resumed. */
    public TenantView suspend(UUID id, IfMatch version) {
        return change(id, version, Permission.MANAGE_PLATFORM, AuditAction.TENANT_SUSPENDED, Tenant::suspend);
    }

    public TenantView resume(UUID id, IfMatch version) {
        return change(id, version, Permission.MANAGE_PLATFORM, AuditAction.TENANT_RESUMED, Tenant::resume);
    }

    /** Ends it for good; its rows stay for the audit. Not while it has work that nobody could cancel any more. */
    public TenantView close(UUID id, IfMatch version) {
        return change(id, version, Permission.OWN_TENANT, AuditAction.TENANT_CLOSED, tenant -> {
            Use.refuse(
                    openJobs.of(id),
                    ErrorCode.TENANT_IN_USE,
                    "tenant",
                    tenant.view().slug());
            tenant.close();
        });
    }

    private TenantView change(
            UUID id, IfMatch version, Permission needed, AuditAction action, Consumer<Tenant> change) {
        refuseUnlessVisible(id);
        if (!Caller.current().may(Permission.MANAGE_PLATFORM)) {
            Caller.current().require(needed);
        }
        return TenantScope.call(
                id,
                () -> Objects.requireNonNull(transactions.execute(_ -> {
                    Tenant tenant = tenants.findById(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
                    version.check(tenant.version());
                    TenantView before = tenant.view();
                    change.accept(tenant);
                    TenantView after = tenants.saveAndFlush(tenant).view();
                    audit.record(action, target(after), before, after);
                    return after;
                })));
    }

    private static void refuseUnlessVisible(UUID id) {
        boolean own = TenantScope.current().filter(id::equals).isPresent();
        if (!own && !Caller.current().may(Permission.MANAGE_PLATFORM)) {
            throw ErrorCode.NOT_FOUND.problem();
        }
    }

    private static AuditTarget target(TenantView tenant) {
        return AuditTarget.of("tenant", tenant.id(), tenant.slug());
    }
}
