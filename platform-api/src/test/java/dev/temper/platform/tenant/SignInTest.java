package dev.temper.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.Browser;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.SettableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@PlatformTest
class SignInTest {
    private static final String CHOSEN = "correct horse battery";

    @Autowired
    private World world;

    @Autowired
    private SettableClock clock;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Users users;

    @Autowired
    private LoginFailures failures;

    @LocalServerPort
    private int port;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = new Browser(port);
        // Failures are counted by address too; what other tests did from this one is forgotten.
        clock.advance(Duration.ofHours(3));
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void aHandedPasswordMustBeChangedBeforeAnythingElse() {
        HandedPassword person = world.person("ann");

        HttpResponse<String> signedIn = browser.signIn(person.user().email(), person.password());
        assertThat(browser.destination(signedIn)).isEqualTo("/");
        assertThat(browser.destination(browser.get("/"))).isEqualTo("/me/password");
        assertThat(browser.get("/me/password").statusCode()).isEqualTo(200);
        assertThat(browser.get("/api/v1/memberships").body()).contains("password_change_required");

        choose(person);
        assertThat(browser.get("/").body()).isEqualTo("home of " + person.user().email());
    }

    @Test
    void signingInBringsSomebodyToThePageTheyWanted() {
        HandedPassword person = settled("ben");

        assertThat(browser.destination(browser.get("/?tab=mine", "Accept", "text/html")))
                .isEqualTo("/login");
        HttpResponse<String> signedIn =
                browser.signIn(person.user().email().toUpperCase(java.util.Locale.ROOT), CHOSEN);

        assertThat(browser.destination(signedIn)).startsWith("/?tab=mine");
    }

    @Test
    void theSessionGetsANewIdWithTheSignIn() {
        HandedPassword person = settled("cat");
        browser.get("/login");
        String before = browser.sessionCookie();

        browser.signIn(person.user().email(), CHOSEN);

        assertThat(browser.sessionCookie()).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void aFormWithoutItsTokenSignsNobodyIn() {
        HandedPassword person = settled("dan");

        HttpResponse<String> answer =
                browser.postAsIs("/login", "username", person.user().email(), "password", CHOSEN);

        // Such a form may only have outlived its session, so its sender is asked to sign in again.
        assertThat(browser.destination(answer)).startsWith("/login");
        assertThat(browser.destination(browser.get("/", "Accept", "text/html"))).startsWith("/login");
    }

    @Test
    void theSessionWorksForTheApiButNeedsItsTokenToChangeAnything() {
        World.Inhabitant owner = world.owner();
        choose(owner.userId(), owner.email(), owner.password());
        browser.signIn(owner.email(), CHOSEN);
        String tenant = owner.tenant().slug();

        assertThat(browser.get("/api/v1/memberships", "X-Temper-Tenant", tenant).body())
                .contains(owner.email());
        assertThat(browser.get("/api/v1/memberships").body()).contains("tenant_required");
        String invitation = "{\"email\":\"new@example.org\",\"role\":\"VIEWER\"}";
        assertThat(browser.send("POST", "/api/v1/invitations", invitation, "X-Temper-Tenant", tenant)
                        .statusCode())
                .isEqualTo(403);
        String token = browser.get("/login").body();
        assertThat(browser.send(
                                "POST",
                                "/api/v1/invitations",
                                invitation,
                                "X-Temper-Tenant",
                                tenant,
                                "X-CSRF-TOKEN",
                                token)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void fiveFailuresLockTheAccountForAMinuteAndMoreForLonger() {
        HandedPassword person = settled("eve");
        String email = person.user().email();

        for (int i = 1; i < 5; i++) {
            assertThat(browser.destination(browser.signIn(email, "wrong"))).isEqualTo("/login?error");
        }
        assertThat(browser.destination(browser.signIn(email, "wrong"))).startsWith("/login?locked=");
        assertThat(browser.destination(browser.signIn(email, CHOSEN)))
                .as("even the right password is not looked at")
                .startsWith("/login?locked=");

        clock.advance(Duration.ofSeconds(61));
        assertThat(browser.destination(browser.signIn(email, "wrong"))).startsWith("/login?locked=");
        clock.advance(Duration.ofSeconds(61));
        assertThat(browser.destination(browser.signIn(email, CHOSEN)))
                .as("the second wait is twice as long")
                .startsWith("/login?locked=");
        clock.advance(Duration.ofSeconds(61));
        assertThat(browser.destination(browser.signIn(email, CHOSEN))).isEqualTo("/");
    }

    @Test
    void anUnknownAddressFailsAndLocksLikeAKnownOne() {
        for (int i = 1; i < 5; i++) {
            assertThat(browser.destination(browser.signIn("nobody@example.org", "wrong")))
                    .isEqualTo("/login?error");
        }
        assertThat(browser.destination(browser.signIn("nobody@example.org", "wrong")))
                .startsWith("/login?locked=");
    }

    @Test
    void manyAccountsFromOneAddressLockTheAddress() {
        for (int i = 0; i < 30; i++) {
            failures.add("guess" + i + "@example.org", "127.0.0.1");
        }

        assertThat(browser.destination(browser.signIn(settled("fay").user().email(), CHOSEN)))
                .startsWith("/login?locked=");
    }

    @Test
    void theSecondStepAsksForACodeThatIsGoodOnce() {
        HandedPassword person = settled("gus");
        String secret = enrol(person).secret();
        clock.advance(Duration.ofSeconds(60));

        assertThat(browser.destination(browser.signIn(person.user().email(), CHOSEN)))
                .isEqualTo("/login/totp");
        assertThat(browser.destination(browser.get("/"))).as("half signed in").isEqualTo("/login/totp");
        assertThat(browser.get("/api/v1/users/me").body()).contains("second_step_required");
        assertThat(browser.destination(browser.post("/login/totp", "code", "000000")))
                .isEqualTo("/login/totp?error");
        String before = browser.sessionCookie();
        String code = Totp.codeAt(secret, clock.instant());
        assertThat(browser.destination(browser.post("/login/totp", "code", code)))
                .isEqualTo("/");
        assertThat(browser.sessionCookie()).isNotEqualTo(before);
        assertThat(browser.get("/").body()).isEqualTo("home of " + person.user().email());

        try (Browser other = new Browser(port)) {
            other.signIn(person.user().email(), CHOSEN);
            assertThat(other.destination(other.post("/login/totp", "code", code)))
                    .as("seen over a shoulder, it is spent")
                    .isEqualTo("/login/totp?error");
        }
    }

    @Test
    void aRecoveryCodeStandsInForTheAppOnce() {
        HandedPassword person = settled("hal");
        String code = enrolled(person).getFirst();

        browser.signIn(person.user().email(), CHOSEN);
        assertThat(browser.destination(browser.post("/login/totp", "code", code)))
                .isEqualTo("/");

        try (Browser other = new Browser(port)) {
            other.signIn(person.user().email(), CHOSEN);
            assertThat(other.destination(other.post("/login/totp", "code", code)))
                    .isEqualTo("/login/totp?error");
        }
    }

    @Test
    void wrongCodesLockLikeWrongPasswords() {
        HandedPassword person = settled("ivy");
        enrol(person);
        browser.signIn(person.user().email(), CHOSEN);

        for (int i = 1; i < 5; i++) {
            assertThat(browser.destination(browser.post("/login/totp", "code", "000000")))
                    .isEqualTo("/login/totp?error");
        }
        assertThat(browser.destination(browser.post("/login/totp", "code", "000000")))
                .startsWith("/login?locked=");
        assertThat(browser.destination(browser.get("/"))).startsWith("/login");
    }

    @Test
    void aDisabledPersonIsOutWithTheNextClick() {
        HandedPassword person = settled("jim");
        browser.signIn(person.user().email(), CHOSEN);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);

        Caller.system("test").run(() -> users.disable(person.user().id()));

        assertThat(browser.destination(browser.get("/"))).isEqualTo("/login?expired");
        assertThat(browser.destination(browser.signIn(person.user().email(), CHOSEN)))
                .isEqualTo("/login?error");
    }

    @Test
    void whoeverSignsOutIsOut() {
        HandedPassword person = settled("kim");
        browser.signIn(person.user().email(), CHOSEN);

        assertThat(browser.destination(browser.post("/logout"))).isEqualTo("/login?out");

        assertThat(browser.destination(browser.get("/"))).startsWith("/login");
    }

    @Test
    void aPartOfAPageIsToldPlainlyThatTheSessionIsOver() {
        assertThat(browser.get("/", "HX-Request", "true").statusCode()).isEqualTo(401);
    }

    @Test
    void somebodyElsesTenantAndOneThatIsNotThereLookTheSame() {
        World.Inhabitant owner = world.owner();
        choose(owner.userId(), owner.email(), owner.password());
        browser.signIn(owner.email(), CHOSEN);

        assertThat(browser.get("/t/" + owner.tenant().slug() + "/home").body())
                .startsWith(owner.tenant().id().toString());
        assertThat(browser.get("/t/" + world.owner().tenant().slug() + "/home").statusCode())
                .isEqualTo(404);
        assertThat(browser.get("/t/no-such-tenant/home").statusCode()).isEqualTo(404);
    }

    @Test
    void everyAnswerCarriesTheStrictHeaders() {
        assertThat(browser.get("/login").headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly")
                .contains("SameSite=Lax");
        for (String path : List.of("/login", "/api/v1/users/me", "/no/such/page")) {
            assertThat(browser.get(path).headers().map())
                    .as(path)
                    .containsEntry(
                            "Content-Security-Policy",
                            List.of("default-src 'self'; img-src 'self' data:;"
                                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'self'"))
                    .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                    .containsEntry("Referrer-Policy", List.of("same-origin"));
        }
    }

    private HandedPassword settled(String name) {
        HandedPassword person = world.person(name);
        choose(person);
        return person;
    }

    private void choose(HandedPassword person) {
        choose(person.user().id(), person.user().email(), person.password());
    }

    private void choose(UUID userId, String email, String handed) {
        as(userId, email).run(() -> profiles.changePassword(handed, CHOSEN));
    }

    private TotpOffer enrol(HandedPassword person) {
        return as(person.user().id(), person.user().email()).call(() -> {
            TotpOffer offer = profiles.offerTotp();
            profiles.confirmTotp(Totp.codeAt(offer.secret(), clock.instant()));
            return offer;
        });
    }

    private List<String> enrolled(HandedPassword person) {
        return as(person.user().id(), person.user().email()).call(() -> {
            TotpOffer offer = profiles.offerTotp();
            return profiles.confirmTotp(Totp.codeAt(offer.secret(), clock.instant()));
        });
    }

    private static Caller as(UUID userId, String email) {
        return new Caller(Actor.user(userId, email, null, null), userId, Set.of());
    }
}
