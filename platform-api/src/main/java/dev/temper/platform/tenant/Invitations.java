package dev.temper.platform.tenant;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Invitations to the tenant in scope. How somebody takes one up is in {@link Invited}. */
@Service
@Transactional
public class Invitations {
    private static final UUID LAST = new UUID(-1, -1);

    private final InvitationRepository invitations;
    private final MembershipRepository memberships;
    private final TenantRepository tenants;
    private final Audit audit;
    private final Clock clock;

    Invitations(
            InvitationRepository invitations,
            MembershipRepository memberships,
            TenantRepository tenants,
            Audit audit,
            Clock clock) {
        this.invitations = invitations;
        this.memberships = memberships;
        this.tenants = tenants;
        this.audit = audit;
        this.clock = clock;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<InvitationView> list(PageQuery page) {
        Caller.current().require(Permission.MANAGE_TENANT);
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        Instant now = clock.instant();
        List<InvitationView> rows = invitations.before(before, Limit.of(page.fetch())).stream()
                .map(invitation -> invitation.view(now))
                .toList();
        return page.slice(rows, invitation -> Keyset.of(invitation.id()));
    }

    @Transactional(readOnly = true)
    public InvitationView get(UUID id) {
        Caller.current().require(Permission.MANAGE_TENANT);
        return find(id).view(clock.instant());
    }

    /** Offers a role to an address. The path in the answer is shown once; whoever invites passes it on. */
    public IssuedInvitation invite(String email, Role role) {
        Caller.current().require(Permission.MANAGE_TENANT);
        Caller.current().require(role.toGrant());
        return issue(email, role);
    }

    /** Offers a tenant that has no owner to its first one: all that the platform's admins may do inside of it. */
    public IssuedInvitation inviteFirstOwner(String email) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        Tenant tenant = tenants.lock(TenantScope.require());
        if (memberships.countByRole(Role.OWNER) > 0) {
            throw ErrorCode.TENANT_HAS_OWNER.with("tenant", tenant.slug());
        }
        return issue(email, Role.OWNER);
    }

    /** Makes an invitation useless; one that is already taken up stays as it is. */
    public void revoke(UUID id) {
        Caller.current().require(Permission.MANAGE_TENANT);
        Invitation invitation = find(id);
        Caller.current().require(invitation.role().toGrant());
        InvitationView before = invitation.view(clock.instant());
        invitation.revoke(clock.instant());
        InvitationView after = invitations.saveAndFlush(invitation).view(clock.instant());
        audit.record(AuditAction.INVITATION_REVOKED, target(after), before, after);
    }

    private IssuedInvitation issue(String typedEmail, Role role) {
        String email = Input.email("/email", typedEmail);
        Instant now = clock.instant();
        if (memberships.byEmail(email).isPresent()) {
            throw ErrorCode.MEMBER_ALREADY.at("/email").with("email", email);
        }
        invitations.pending(email).ifPresent(pending -> {
            if (pending.state(now) == InvitationState.OPEN) {
                throw ErrorCode.INVITATION_OPEN.at("/email").with("email", email);
            }
            pending.revoke(now); // It has expired; only one may be pending.
            invitations.saveAndFlush(pending);
        });
        String token = Token.make();
        var invitation = new Invitation(
                Ids.next(), email, role, Token.hash(token), Caller.current().userId(), now);
        InvitationView view = invitations.saveAndFlush(invitation).view(now);
        audit.record(AuditAction.INVITATION_CREATED, target(view), null, view);
        return new IssuedInvitation(view, "/invite/" + token);
    }

    private Invitation find(UUID id) {
        return invitations.findById(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    static AuditTarget target(InvitationView invitation) {
        return AuditTarget.of("invitation", invitation.id(), invitation.email());
    }
}
