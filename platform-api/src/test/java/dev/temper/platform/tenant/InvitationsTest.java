package dev.temper.platform.tenant;

import static dev.temper.platform.tenant.MembersTest.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.common.TenantScope;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class InvitationsTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Caller ANYBODY =
            new Caller(new Actor(Actor.Kind.SYSTEM, null, "anonymous", "192.0.2.9", null), null, Set.of());

    @Autowired
    private World world;

    @Autowired
    private Invitations invitations;

    @Autowired
    private Invited invited;

    @Autowired
    private SignIn signIn;

    @Autowired
    private Tenants tenants;

    @Autowired
    private SettableClock clock;

    @Test
    void whoeverIsInvitedJoinsWithANewAccount() {
        Inhabitant owner = world.owner();
        String email = fresh();
        String token =
                token(owner.does(() -> invitations.invite(email.toUpperCase(java.util.Locale.ROOT), Role.MEMBER)));

        InvitationOffer offer = ANYBODY.call(() -> invited.offer(token));
        assertThat(offer.tenantName()).isEqualTo(owner.tenant().name());
        assertThat(offer.email()).isEqualTo(email);
        assertThat(offer.hasAccount()).isFalse();

        Member joined = ANYBODY.call(() -> invited.accept(token, "New Person", PASSWORD, "zh-CN"));
        assertThat(joined.role()).isEqualTo(Role.MEMBER);
        assertThat(signIn.password(email, PASSWORD, "192.0.2.9")).isInstanceOf(SignInOutcome.Accepted.class);
        assertThatThrownBy(() -> ANYBODY.call(() -> invited.offer(token)))
                .as("a token is good once")
                .satisfies(is(ErrorCode.INVITATION_UNUSABLE));
    }

    @Test
    void somebodyWithAnAccountJoinsSignedInAndInSeveralTenants() {
        Inhabitant owner = world.owner();
        Inhabitant elsewhere = world.owner();
        String token = token(owner.does(() -> invitations.invite(elsewhere.email(), Role.VIEWER)));

        assertThat(ANYBODY.call(() -> invited.offer(token)).hasAccount()).isTrue();
        assertThatThrownBy(() -> ANYBODY.call(() -> invited.accept(token, "Other", PASSWORD, "en")))
                .as("an account is not taken over by a link")
                .satisfies(is(ErrorCode.EMAIL_TAKEN));
        elsewhere.does(() -> tenants.mine());
        person(elsewhere).run(() -> {
            invited.accept(token);
            assertThat(tenants.mine())
                    .extracting(MyTenant::slug)
                    .containsExactlyInAnyOrder(
                            owner.tenant().slug(), elsewhere.tenant().slug());
        });
    }

    @Test
    void anInvitationIsForNobodyElse() {
        Inhabitant owner = world.owner();
        Inhabitant other = world.owner();
        String token = token(owner.does(() -> invitations.invite(fresh(), Role.VIEWER)));

        assertThatThrownBy(() -> person(other).call(() -> invited.accept(token)))
                .satisfies(is(ErrorCode.INVITATION_FOR_OTHER));
    }

    @Test
    void anInvitationEndsByTimeOrByRevocation() {
        Inhabitant owner = world.owner();
        String email = fresh();
        IssuedInvitation late = owner.does(() -> invitations.invite(email, Role.VIEWER));
        assertThatThrownBy(() -> owner.does(() -> invitations.invite(email, Role.VIEWER)))
                .satisfies(is(ErrorCode.INVITATION_OPEN));

        clock.advance(Duration.ofDays(7));
        assertThatThrownBy(() -> ANYBODY.call(() -> invited.offer(token(late))))
                .satisfies(is(ErrorCode.INVITATION_UNUSABLE));

        IssuedInvitation again = owner.does(() -> invitations.invite(email, Role.VIEWER));
        owner.does(() -> {
            invitations.revoke(again.invitation().id());
            return true;
        });
        assertThatThrownBy(() -> ANYBODY.call(() -> invited.accept(token(again), "Late", PASSWORD, "en")))
                .satisfies(is(ErrorCode.INVITATION_UNUSABLE));
        assertThat(signIn.password(email, PASSWORD, "192.0.2.9"))
                .as("nothing half-made remains")
                .isInstanceOf(SignInOutcome.Wrong.class);
    }

    @Test
    void aWeakPasswordLeavesTheInvitationOpen() {
        Inhabitant owner = world.owner();
        String token = token(owner.does(() -> invitations.invite(fresh(), Role.VIEWER)));

        for (String weak : new String[] {"short", "password123", "aaaaaaaaaaaa"}) {
            assertThatThrownBy(() -> ANYBODY.call(() -> invited.accept(token, "New", weak, "en")))
                    .isInstanceOf(dev.temper.platform.common.Problem.class);
        }
        assertThat(ANYBODY.call(() -> invited.offer(token))).isNotNull();
    }

    @Test
    void thePlatformsAdminInvitesOnlyTheFirstOwner() {
        TenantView tenant = world.tenant("Fresh");
        Caller root = new Caller(
                Actor.user(UUID.randomUUID(), "root@example.org", null, null),
                null,
                Set.of(Permission.MANAGE_PLATFORM));
        String token =
                token(root.call(() -> TenantScope.call(tenant.id(), () -> invitations.inviteFirstOwner(fresh()))));

        assertThat(ANYBODY.call(() -> invited.accept(token, "First", PASSWORD, "en"))
                        .role())
                .isEqualTo(Role.OWNER);
        assertThatThrownBy(() ->
                        root.call(() -> TenantScope.call(tenant.id(), () -> invitations.inviteFirstOwner(fresh()))))
                .satisfies(is(ErrorCode.TENANT_HAS_OWNER));
    }

    private static Caller person(Inhabitant inhabitant) {
        return new Caller(
                Actor.user(inhabitant.userId(), inhabitant.email(), null, null), inhabitant.userId(), Set.of());
    }

    private static String fresh() {
        return "x" + UUID.randomUUID().toString().substring(0, 8) + "@example.org";
    }

    private static String token(IssuedInvitation issued) {
        return issued.path().substring("/invite/".length());
    }
}
