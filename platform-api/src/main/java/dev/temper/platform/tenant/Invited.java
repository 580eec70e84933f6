package dev.temper.platform.tenant;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What somebody can do who holds an invitation's token: look at the offer and accept it, with an account or a new one. */
@Service
public class Invited {
    private final JdbcClient jdbc;
    private final InvitationRepository invitations;
    private final TenantRepository tenants;
    private final UserRepository users;
    private final Users accounts;
    private final Members members;
    private final Audit audit;
    private final Clock clock;
    private final TransactionOperations transactions;

    Invited(
            JdbcClient jdbc,
            InvitationRepository invitations,
            TenantRepository tenants,
            UserRepository users,
            Users accounts,
            Members members,
            Audit audit,
            Clock clock,
            TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.invitations = invitations;
        this.tenants = tenants;
        this.users = users;
        this.accounts = accounts;
        this.members = members;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
    }

    public InvitationOffer offer(String token) {
        return within(token, invitation -> {
            InvitationView view = invitation.view(clock.instant());
            if (view.state() != InvitationState.OPEN) {
                throw ErrorCode.INVITATION_UNUSABLE.problem();
            }
            TenantView tenant = tenant();
            boolean hasAccount = users.byEmail(view.email()).isPresent();
            return new InvitationOffer(
                    tenant.slug(), tenant.name(), view.email(), view.role(), view.expiresAt(), hasAccount);
        });
    }

    /** Joins as a new person, with this name and password. */
    public Member accept(String token, String displayName, String password, String locale) {
        return within(token, invitation -> {
            User user = accounts.register(invitation.email(), displayName, password, locale);
            return as(user, () -> join(invitation, user));
        });
    }

    /** Joins as the person who is signed in, whose address must be the invited one. */
    public Member accept(String token) {
        UUID person = Caller.current().requireSelf();
        return within(token, invitation -> {
            User user = users.findById(person).orElseThrow(ErrorCode.SIGN_IN_REQUIRED::problem);
            if (!user.email().equalsIgnoreCase(invitation.email())) {
                throw ErrorCode.INVITATION_FOR_OTHER.problem();
            }
            return join(invitation, user);
        });
    }

    private Member join(Invitation invitation, User user) {
        Instant now = clock.instant();
        InvitationView before = invitation.view(now);
        invitation.accept(user.id(), now);
        InvitationView after = invitations.saveAndFlush(invitation).view(now);
        audit.record(AuditAction.INVITATION_ACCEPTED, Invitations.target(after), before, after);
        return members.add(user, invitation.role());
    }

    private TenantView tenant() {
        TenantView tenant =
                tenants.findById(TenantScope.require()).orElseThrow().view();
        return switch (tenant.status()) {
            case ACTIVE -> tenant;
            case SUSPENDED -> throw ErrorCode.TENANT_SUSPENDED.with("tenant", tenant.name());
            case CLOSED -> throw ErrorCode.INVITATION_UNUSABLE.problem();
        };
    }

    /** One transaction in the tenant that the token belongs to. */
    private <T> T within(String token, Function<Invitation, T> work) {
        Place place = find(token);
        return TenantScope.call(
                place.tenantId(),
                () -> Objects.requireNonNull(transactions.execute(_ -> {
                    tenant();
                    return work.apply(
                            invitations.findById(place.id()).orElseThrow(ErrorCode.INVITATION_UNUSABLE::problem));
                })));
    }

    /** Found by its token before the tenant is known; policy "presented" shows this row to nobody else. */
    private Place find(String token) {
        String hash = Token.hash(token);
        return Objects.requireNonNull(transactions.execute(_ -> {
            jdbc.sql("select set_config('temper.presented', ?, true)")
                    .param(hash)
                    .query(String.class)
                    .single();
            return jdbc.sql("select tenant_id, id from invitations where token_hash = ?")
                    .param(hash)
                    .query(Place.class)
                    .optional()
                    .orElseThrow(ErrorCode.INVITATION_UNUSABLE::problem);
        }));
    }

    /** Whoever has just registered acts for themselves, from where the request came. */
    private static <T> T as(User user, ScopedValue.CallableOp<T, RuntimeException> work) {
        Actor from = Caller.current().actor();
        Actor actor = Actor.user(user.id(), user.email(), from.address(), from.requestId());
        return new Caller(actor, user.id(), Set.of()).call(work);
    }

    private record Place(UUID tenantId, UUID id) {}
}
