package dev.temper.platform.tenant;

import static dev.temper.platform.tenant.MembersTest.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.Browser;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.SettableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@PlatformTest
class ApiKeysTest {
    private static final IfMatch ANY = IfMatch.parse("*");

    @Autowired
    private World world;

    @Autowired
    private ApiKeys keys;

    @Autowired
    private KeySignIn keySignIn;

    @Autowired
    private Members members;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Users users;

    @Autowired
    private SettableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    @LocalServerPort
    private int port;

    private Browser client;

    @BeforeEach
    void open() {
        client = new Browser(port);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aRevokedKeyIsOverWithTheNextRequest() {
        Inhabitant owner = world.owner();
        IssuedApiKey issued = world.key(owner, Scope.READ);
        assertThat(call(issued).statusCode()).isEqualTo(200);

        owner.does(() -> keys.revoke(issued.apiKey().id()));

        HttpResponse<String> refused = call(issued);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("api_key_not_accepted");
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    @Test
    void aKeyThatWasNeverThereFailsAlike() {
        assertThat(client.get("/api/v1/memberships", "Authorization", "Bearer tmp_nothing")
                        .statusCode())
                .isEqualTo(401);
        assertThat(client.get("/api/v1/memberships").statusCode()).isEqualTo(401);
        assertThat(client.get("/api/v1/memberships", "Authorization", "Bearer ").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aKeyExpiresByTheClock() {
        Inhabitant owner = world.owner();
        IssuedApiKey issued = owner.does(
                () -> keys.create("short", Set.of(Scope.READ), clock.instant().plus(Duration.ofMinutes(10))));

        keySignIn.present(issued.secret());
        clock.advance(Duration.ofMinutes(10));

        assertThatThrownBy(() -> keySignIn.present(issued.secret())).satisfies(is(ErrorCode.API_KEY_EXPIRED));
        assertThat(owner.does(() -> keys.get(issued.apiKey().id())).state()).isEqualTo(ApiKeyState.EXPIRED);
    }

    @Test
    void aKeyDoesWhatItsScopesAllowAndItsMakerStillMay() {
        Inhabitant owner = world.owner();
        Inhabitant admin = world.member(owner.tenant(), Role.ADMIN);
        IssuedApiKey issued = world.key(admin, Scope.WRITE, Scope.ADMIN);
        assertThat(keySignIn.present(issued.secret()).permissions())
                .contains(Permission.WRITE, Permission.MANAGE_TENANT)
                .doesNotContain(Permission.OWN_TENANT);

        owner.does(() -> members.changeRole(admin.member().id(), Role.VIEWER, ANY));

        assertThat(keySignIn.present(issued.secret()).permissions()).containsExactly(Permission.READ);
    }

    @Test
    void keysEndWithTheMembershipAndTheAccountAndTheTenant() {
        Inhabitant owner = world.owner();
        Inhabitant leaver = world.member(owner.tenant(), Role.MEMBER);
        IssuedApiKey ofLeaver = world.key(leaver, Scope.READ);
        owner.does(() -> {
            members.remove(leaver.member().id());
            return true;
        });
        assertThatThrownBy(() -> keySignIn.present(ofLeaver.secret())).satisfies(is(ErrorCode.API_KEY_NOT_ACCEPTED));

        Inhabitant disabled = world.member(owner.tenant(), Role.MEMBER);
        IssuedApiKey ofDisabled = world.key(disabled, Scope.READ);
        Caller.system("test").run(() -> users.disable(disabled.userId()));
        assertThatThrownBy(() -> keySignIn.present(ofDisabled.secret())).satisfies(is(ErrorCode.API_KEY_NOT_ACCEPTED));

        IssuedApiKey ofOwner = world.key(owner, Scope.READ);
        Caller.system("test").run(() -> tenants.suspend(owner.tenant().id(), ANY));
        assertThatThrownBy(() -> keySignIn.present(ofOwner.secret())).satisfies(is(ErrorCode.TENANT_SUSPENDED));
        Caller.system("test").run(() -> tenants.close(owner.tenant().id(), ANY));
        assertThatThrownBy(() -> keySignIn.present(ofOwner.secret())).satisfies(is(ErrorCode.API_KEY_NOT_ACCEPTED));
    }

    @Test
    void nobodyGivesAKeyMoreThanTheyHave() {
        Inhabitant owner = world.owner();
        Inhabitant viewer = world.member(owner.tenant(), Role.VIEWER);
        Inhabitant annotator = world.member(owner.tenant(), Role.ANNOTATOR);

        assertThatThrownBy(() -> world.key(viewer, Scope.WRITE)).satisfies(is(ErrorCode.API_KEY_SCOPE_ABOVE_ROLE));
        assertThatThrownBy(() -> world.key(viewer, Scope.ADMIN)).satisfies(is(ErrorCode.API_KEY_SCOPE_ABOVE_ROLE));
        assertThatThrownBy(() -> world.key(annotator, Scope.READ)).satisfies(is(ErrorCode.ACTION_NOT_ALLOWED));
    }

    @Test
    void aKeyForReadingMakesNoKeysAndChangesNoAccount() {
        Inhabitant owner = world.owner();
        IssuedApiKey reader = world.key(owner, Scope.READ);
        String bearer = "Bearer " + reader.secret();

        assertThat(client.send(
                                "POST",
                                "/api/v1/api-keys",
                                "{\"name\":\"more\",\"scopes\":[\"READ\"]}",
                                "Authorization",
                                bearer)
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.send(
                                "PATCH",
                                "/api/v1/users/me",
                                "{\"displayName\":\"X\"}",
                                "Authorization",
                                bearer,
                                "If-Match",
                                "*")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void everybodySeesTheirOwnKeysAndAdminsAll() {
        Inhabitant owner = world.owner();
        Inhabitant member = world.member(owner.tenant(), Role.MEMBER);
        ApiKeyView owners = world.key(owner, Scope.READ).apiKey();
        ApiKeyView members = world.key(member, Scope.READ).apiKey();

        assertThat(owner.does(() -> keys.get(members.id()))).isNotNull();
        assertThatThrownBy(() -> member.does(() -> keys.get(owners.id()))).satisfies(is(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> member.does(() -> keys.revoke(owners.id()))).satisfies(is(ErrorCode.NOT_FOUND));
    }

    @Test
    void theLastUseIsKeptToTheMinuteNotWrittenEachTime() {
        Inhabitant owner = world.owner();
        IssuedApiKey issued = world.key(owner, Scope.READ);

        keySignIn.present(issued.secret());
        String firstWrite = rowVersion(owner, issued);
        clock.advance(Duration.ofSeconds(30));
        keySignIn.present(issued.secret());
        assertThat(rowVersion(owner, issued)).isEqualTo(firstWrite);

        clock.advance(Duration.ofSeconds(40));
        keySignIn.present(issued.secret());
        assertThat(rowVersion(owner, issued)).isNotEqualTo(firstWrite);
        assertThat(owner.does(() -> keys.get(issued.apiKey().id())).lastUsedAt())
                .isEqualTo(clock.instant());
    }

    @Test
    void theSecretIsNowhereInTheDatabase() {
        Inhabitant owner = world.owner();
        IssuedApiKey issued = world.key(owner, Scope.READ);

        String row = owner.does(() -> transactions.execute(_ -> jdbc.sql("select k::text from api_keys k where id = ?")
                .param(issued.apiKey().id())
                .query(String.class)
                .single()));

        assertThat(issued.secret()).startsWith("tmp_").hasSize(47);
        assertThat(row).doesNotContain(issued.secret()).contains(issued.apiKey().prefix());
    }

    /** PostgreSQL's own mark of the last write to a row. */
    private String rowVersion(Inhabitant owner, IssuedApiKey issued) {
        return owner.does(() -> transactions.execute(_ -> jdbc.sql("select xmin::text from api_keys where id = ?")
                .param(issued.apiKey().id())
                .query(String.class)
                .single()));
    }

    private HttpResponse<String> call(IssuedApiKey key) {
        return client.get("/api/v1/users/me", "Authorization", "Bearer " + key.secret());
    }
}
