package dev.temper.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.TenantScope;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@PlatformTest
class MembersTest {
    private static final IfMatch ANY = IfMatch.parse("*");

    @Autowired
    private World world;

    @Autowired
    private Members members;

    @Autowired
    private Invitations invitations;

    @Autowired
    private Tenants tenants;

    @Autowired
    private MembershipRepository memberships;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    /** What each role may do to members of each role: the table, written out once more. */
    private static final Map<Role, Set<Role>> MAY_HANDLE = Map.of(
            Role.OWNER, EnumSet.allOf(Role.class),
            Role.ADMIN, EnumSet.of(Role.MEMBER, Role.ANNOTATOR, Role.VIEWER),
            Role.MEMBER, EnumSet.noneOf(Role.class),
            Role.ANNOTATOR, EnumSet.noneOf(Role.class),
            Role.VIEWER, EnumSet.noneOf(Role.class));

    @ParameterizedTest
    @EnumSource(Role.class)
    void eachRoleHandlesOnlyThoseItMay(Role role) {
        Inhabitant owner = world.owner();
        Inhabitant actor = world.member(owner.tenant(), role);
        for (Role other : Role.values()) {
            boolean may = MAY_HANDLE.getOrDefault(role, Set.of()).contains(other);
            Inhabitant target = world.member(owner.tenant(), other);

            verify(may, () -> actor.does(() -> invitations.invite(target.email().replace("@", "+x@"), other)));
            verify(
                    may,
                    () -> actor.does(() -> members.changeRole(target.member().id(), other, ANY)));
            verify(
                    may,
                    () -> actor.does(() -> {
                        members.remove(target.member().id());
                        return true;
                    }));
        }
    }

    private static void verify(boolean may, ThrowingCallable action) {
        if (may) {
            assertThatCode(action).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(action).satisfies(is(ErrorCode.ACTION_NOT_ALLOWED));
        }
    }

    @Test
    void anAdminCannotRaiseAnybodyToAdmin() {
        Inhabitant owner = world.owner();
        Inhabitant admin = world.member(owner.tenant(), Role.ADMIN);
        Inhabitant viewer = world.member(owner.tenant(), Role.VIEWER);

        assertThatThrownBy(() ->
                        admin.does(() -> members.changeRole(viewer.member().id(), Role.ADMIN, ANY)))
                .satisfies(is(ErrorCode.ACTION_NOT_ALLOWED));
        assertThatThrownBy(
                        () -> admin.does(() -> members.changeRole(admin.member().id(), Role.OWNER, ANY)))
                .satisfies(is(ErrorCode.ACTION_NOT_ALLOWED));
    }

    @Test
    void anybodyMayLeave() {
        Inhabitant owner = world.owner();
        Inhabitant viewer = world.member(owner.tenant(), Role.VIEWER);

        viewer.does(() -> {
            members.remove(viewer.member().id());
            return true;
        });

        assertThatThrownBy(() -> owner.does(() -> members.get(viewer.member().id())))
                .satisfies(is(ErrorCode.NOT_FOUND));
    }

    @Test
    void theLastOwnerCannotGo() {
        Inhabitant owner = world.owner();

        assertThatThrownBy(() -> owner.does(() -> {
                    members.remove(owner.member().id());
                    return true;
                }))
                .satisfies(is(ErrorCode.MEMBER_LAST_OWNER));
        assertThatThrownBy(
                        () -> owner.does(() -> members.changeRole(owner.member().id(), Role.ADMIN, ANY)))
                .satisfies(is(ErrorCode.MEMBER_LAST_OWNER));
    }

    @Test
    void twoOwnersWhoLeaveAtOnceDoNotBothGo() throws Exception {
        Inhabitant one = world.owner();
        Inhabitant two = world.member(one.tenant(), Role.OWNER);
        var start = new CyclicBarrier(2);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> both = List.of(one, two).stream()
                    .<Callable<Boolean>>map(owner -> () -> {
                        start.await();
                        return owner.does(() -> {
                            members.remove(owner.member().id());
                            return true;
                        });
                    })
                    .toList();
            List<Future<Boolean>> results = threads.invokeAll(both);

            assertThat(results.stream().filter(done -> done.state() == Future.State.SUCCESS))
                    .hasSize(1);
        }
    }

    @Test
    void anUpdateForAnOldVersionIsRefused() {
        Inhabitant owner = world.owner();
        Member member = world.member(owner.tenant(), Role.VIEWER).member();

        owner.does(() -> members.changeRole(member.id(), Role.MEMBER, new IfMatch(List.of(member.version()))));

        assertThatThrownBy(() -> owner.does(
                        () -> members.changeRole(member.id(), Role.VIEWER, new IfMatch(List.of(member.version())))))
                .satisfies(is(ErrorCode.EDIT_CONFLICT));
    }

    @Test
    void anothersMemberIsNotThere() {
        Inhabitant owner = world.owner();
        Inhabitant stranger = world.owner();

        for (ThrowingCallable attempt : List.<ThrowingCallable>of(
                () -> stranger.does(() -> members.get(owner.member().id())),
                () -> stranger.does(() -> members.changeRole(owner.member().id(), Role.VIEWER, ANY)),
                () -> stranger.does(() -> tenants.get(owner.tenant().id())),
                () -> stranger.does(() -> tenants.close(owner.tenant().id(), ANY)))) {
            assertThatThrownBy(attempt).satisfies(is(ErrorCode.NOT_FOUND));
        }
    }

    @Test
    void aQueryThatForgetsTheTenantFindsNothing() {
        world.owner();

        assertThat(transactions.<Long>execute(_ -> memberships.countByRole(Role.OWNER)))
                .isZero();
        assertThat(jdbc.sql("select count(*) from memberships")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(transactions.<Long>execute(_ -> jdbc.sql("select count(*) from memberships")
                        .query(Long.class)
                        .single()))
                .isZero();
    }

    @Test
    void entitiesAndPlainSqlSeeTheSameTenant() {
        Inhabitant owner = world.owner();
        world.member(owner.tenant(), Role.VIEWER);

        long bySql = owner.does(() -> transactions.<Long>execute(_ ->
                jdbc.sql("select count(*) from memberships").query(Long.class).single()));
        long byEntity = owner.does(() -> transactions.<Long>execute(
                _ -> memberships.countByRole(Role.OWNER) + memberships.countByRole(Role.VIEWER)));

        assertThat(bySql).isEqualTo(2).isEqualTo(byEntity);
    }

    @Test
    void aTenantIsNotEnteredWithinATransactionOfAnother() {
        Inhabitant owner = world.owner();
        TenantView other = world.tenant("Other");

        assertThatThrownBy(() -> owner.does(() -> transactions.execute(_ -> {
                    TenantScope.run(other.id(), () -> {});
                    return true;
                })))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void thePlatformsAdminSeesNoTenantsPeople() {
        Inhabitant owner = world.owner();
        HandedPassword root = world.platformAdmin();
        var caller = new Caller(
                Actor.user(root.user().id(), root.user().email(), null, null),
                root.user().id(),
                EnumSet.of(Permission.MANAGE_PLATFORM));

        caller.run(() -> {
            assertThat(tenants.get(owner.tenant().id())).isEqualTo(owner.tenant());
            assertThatThrownBy(() -> members.get(owner.member().id())).satisfies(is(ErrorCode.TENANT_REQUIRED));
            assertThatThrownBy(() -> TenantScope.call(
                            owner.tenant().id(),
                            () -> members.get(owner.member().id())))
                    .satisfies(is(ErrorCode.ACTION_NOT_ALLOWED));
            assertThatThrownBy(() -> TenantScope.call(
                            owner.tenant().id(),
                            () -> invitations.inviteFirstOwner(root.user().email())))
                    .as("nor lets themselves in")
                    .satisfies(is(ErrorCode.TENANT_HAS_OWNER));
        });
    }

    static Consumer<Throwable> is(ErrorCode code) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
