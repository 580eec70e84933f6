package dev.temper.platform.tenant;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who belongs to the tenant in scope, and as what. People come in by {@link Invitations}. */
@Service
@Transactional
public class Members {
    private static final UUID FIRST = new UUID(0, 0);

    private final MembershipRepository memberships;
    private final TenantRepository tenants;
    private final UserRepository users;
    private final ApiKeys keys;
    private final Audit audit;
    private final Clock clock;

    Members(
            MembershipRepository memberships,
            TenantRepository tenants,
            UserRepository users,
            ApiKeys keys,
            Audit audit,
            Clock clock) {
        this.memberships = memberships;
        this.tenants = tenants;
        this.users = users;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** In the order they joined. */
    @Transactional(readOnly = true)
    public Page<Member> list(PageQuery page) {
        Caller.current().require(Permission.READ);
        UUID after = page.after().map(key -> key.uuid(0)).orElse(FIRST);
        List<Member> rows = memberships.after(after, Limit.of(page.fetch())).stream()
                .map(Membership::view)
                .toList();
        return page.slice(rows, member -> Keyset.of(member.id()));
    }

    /** Who runs the tenant in scope: its owners and admins. The platform itself asks, for nobody in particular. */
    @Transactional(readOnly = true)
    public List<UUID> admins() {
        return memberships.withRole(List.of(Role.OWNER, Role.ADMIN));
    }

    @Transactional(readOnly = true)
    public Member get(UUID id) {
        Caller.current().require(Permission.READ);
        return find(id).view();
    }

    /** Puts a person with an account straight into the tenant: for the first start and for accepted invitations. */
    Member add(User user, Role role) {
        if (memberships.ofUser(user.id()).isPresent()) {
            throw ErrorCode.MEMBER_ALREADY.with("email", user.email());
        }
        Member member = memberships
                .saveAndFlush(new Membership(Ids.next(), user, role, clock.instant()))
                .view();
        audit.record(AuditAction.MEMBERSHIP_CREATED, target(member), null, member);
        return member;
    }

    /** Puts somebody into the tenant without asking them; only the platform itself does that, at its first start. */
    public Member add(UUID userId, Role role) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        Caller.current().require(role.toGrant());
        return add(users.findById(userId).orElseThrow(ErrorCode.NOT_FOUND::problem), role);
    }

    public Member changeRole(UUID id, Role role, IfMatch version) {
        Caller.current().require(Permission.MANAGE_TENANT);
        tenants.lock(TenantScope.require());
        Membership membership = find(id);
        version.check(membership.version());
        Caller.current().require(membership.role().toGrant());
        Caller.current().require(role.toGrant());
        if (role != Role.OWNER) {
            refuseLastOwner(membership);
        }
        Member before = membership.view();
        membership.become(role);
        Member after = memberships.saveAndFlush(membership).view();
        audit.record(AuditAction.MEMBERSHIP_ROLE_CHANGED, target(after), before, after);
        return after;
    }

    /** Takes somebody out of the tenant, and their keys with them; anybody may take themselves out. */
    public void remove(UUID id) {
        tenants.lock(TenantScope.current().orElseThrow(ErrorCode.TENANT_REQUIRED::problem));
        Caller caller = Caller.current();
        Membership membership = find(id);
        if (!caller.person().equals(Optional.of(membership.userId()))) {
            caller.require(Permission.MANAGE_TENANT);
            caller.require(membership.role().toGrant());
        }
        refuseLastOwner(membership);
        Member gone = membership.view();
        keys.revokeAllOf(gone.userId());
        memberships.delete(membership);
        audit.record(AuditAction.MEMBERSHIP_REMOVED, target(gone), gone, null);
    }

    private Membership find(UUID id) {
        return memberships.byId(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** Whether one owner alone is left, who therefore can neither leave nor step down. */
    @Transactional(readOnly = true)
    public boolean oneOwnerLeft() {
        return memberships.countByRole(Role.OWNER) == 1;
    }

    private void refuseLastOwner(Membership membership) {
        if (membership.role() == Role.OWNER && oneOwnerLeft()) {
            throw ErrorCode.MEMBER_LAST_OWNER.problem();
        }
    }

    private static AuditTarget target(Member member) {
        return AuditTarget.of("membership", member.id(), member.email());
    }
}
