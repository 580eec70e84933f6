package dev.temper.platform.tenant;

import static dev.temper.platform.tenant.MembersTest.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.Browser;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@PlatformTest
class ProfilesTest {
    private static final String CHOSEN = "correct horse battery";

    @Autowired
    private World world;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Sessions sessions;

    @Autowired
    private Users users;

    @Autowired
    private SettableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    @Test
    void aProfileIsChangedWholeAndForTheVersionThatWasSeen() {
        HandedPassword person = world.person("ada");
        as(person).run(() -> {
            Profile before = profiles.mine();
            IfMatch seen = new IfMatch(List.of(before.version()));
            Profile after = profiles.update(new ProfileChange("Ada Löwe", "zh-CN", Theme.DARK, "Asia/Shanghai"), seen);

            assertThat(after.displayName()).isEqualTo("Ada Löwe");
            assertThat(after.timeZone()).isEqualTo("Asia/Shanghai");
            assertThatThrownBy(() -> profiles.update(new ProfileChange("X", "en", Theme.AUTO, "UTC"), seen))
                    .satisfies(is(ErrorCode.EDIT_CONFLICT));
        });
    }

    @Test
    void whatDoesNotFitIsNamed() {
        IfMatch any = IfMatch.parse("*");
        as(world.person("bob")).run(() -> {
            assertThatThrownBy(() -> profiles.update(new ProfileChange(" ", "en", Theme.AUTO, "UTC"), any))
                    .satisfies(is(ErrorCode.FIELD_REQUIRED));
            assertThatThrownBy(() -> profiles.update(new ProfileChange("x".repeat(101), "en", Theme.AUTO, "UTC"), any))
                    .satisfies(is(ErrorCode.FIELD_TOO_LONG));
            assertThatThrownBy(() -> profiles.update(new ProfileChange("a\u0000b", "en", Theme.AUTO, "UTC"), any))
                    .satisfies(is(ErrorCode.FIELD_UNSTORABLE_TEXT));
            assertThatThrownBy(() -> profiles.update(new ProfileChange("Bob", "fr", Theme.AUTO, "UTC"), any))
                    .satisfies(is(ErrorCode.FIELD_NOT_A_CHOICE));
            assertThatThrownBy(() -> profiles.update(new ProfileChange("Bob", "en", Theme.AUTO, "Mars/Base"), any))
                    .satisfies(is(ErrorCode.FIELD_NOT_IN_FORM));
        });
    }

    @Test
    void aPasswordIsChangedOnlyByWhoKnowsIt() {
        HandedPassword person = world.person("cyn");
        as(person).run(() -> {
            assertThatThrownBy(() -> profiles.changePassword("guess", CHOSEN)).satisfies(is(ErrorCode.PASSWORD_WRONG));
            assertThatThrownBy(() -> profiles.changePassword(person.password(), person.password()))
                    .satisfies(is(ErrorCode.PASSWORD_UNCHANGED));
            assertThatThrownBy(() -> profiles.changePassword(person.password(), "密".repeat(25)))
                    .as("75 bytes")
                    .satisfies(is(ErrorCode.PASSWORD_TOO_LONG));
            assertThat(profiles.changePassword(person.password(), CHOSEN).mustChangePassword())
                    .isFalse();
        });
    }

    @Test
    void theSecondStepIsConfirmedByACodeAndSwitchedOffByOne() {
        HandedPassword person = world.person("dee");
        as(person).run(() -> {
            assertThatThrownBy(() -> profiles.confirmTotp("123456")).satisfies(is(ErrorCode.TOTP_NOT_OFFERED));
            TotpOffer offer = profiles.offerTotp();
            assertThatThrownBy(() -> profiles.confirmTotp("000000")).satisfies(is(ErrorCode.SECOND_STEP_WRONG));
            assertThat(profiles.mine().totpOn()).isFalse();
            assertThat(profiles.confirmTotp(Totp.codeAt(offer.secret(), clock.instant())))
                    .hasSize(10);
            assertThatThrownBy(profiles::offerTotp).satisfies(is(ErrorCode.TOTP_ALREADY_ON));

            byte[] kept = jdbc.sql("select totp_secret from users where id = ?")
                    .param(person.user().id())
                    .query(byte[].class)
                    .single();
            assertThat(new String(kept, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .as("encrypted at rest")
                    .doesNotContain(offer.secret());

            clock.advance(Duration.ofSeconds(60));
            assertThat(profiles.disableTotp(Totp.codeAt(offer.secret(), clock.instant()))
                            .totpOn())
                    .isFalse();
        });
    }

    @Test
    void guessingInAnOpenBrowserLocksLikeGuessingAtTheDoor() {
        HandedPassword person = world.person("pat");
        as(person).run(() -> {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> profiles.changePassword("guess", CHOSEN))
                        .satisfies(is(ErrorCode.PASSWORD_WRONG));
            }
            assertThatThrownBy(() -> profiles.changePassword(person.password(), CHOSEN))
                    .satisfies(is(ErrorCode.SIGN_IN_LOCKED));
            clock.advance(Duration.ofSeconds(61));
            assertThat(profiles.changePassword(person.password(), CHOSEN).mustChangePassword())
                    .isFalse();
        });
    }

    @Test
    void aSessionIsEndedFromAnotherBrowser() {
        HandedPassword person = world.person("eli");
        as(person).run(() -> profiles.changePassword(person.password(), CHOSEN));
        try (Browser lost = new Browser(port);
                Browser here = new Browser(port)) {
            lost.signIn(person.user().email(), CHOSEN);
            here.signIn(person.user().email(), CHOSEN);
            assertThat(lost.get("/").statusCode()).isEqualTo(200);

            as(person).run(() -> {
                List<SessionView> open = sessions.mine(null);
                assertThat(open)
                        .hasSize(2)
                        .allSatisfy(session -> assertThat(session.address()).isEqualTo("127.0.0.1"));
                sessions.end(open.getFirst().id());
                sessions.end(open.getLast().id());
            });

            assertThat(lost.destination(lost.get("/"))).isEqualTo("/login?expired");
            assertThat(here.destination(here.get("/"))).isEqualTo("/login?expired");
        }
    }

    @Test
    void nobodyEndsAnothersSession() {
        HandedPassword person = world.person("fin");
        try (Browser browser = new Browser(port)) {
            browser.signIn(person.user().email(), person.password());
            String id = as(person).call(() -> sessions.mine(null).getFirst().id());

            as(world.person("gia"))
                    .run(() -> assertThatThrownBy(() -> sessions.end(id)).satisfies(is(ErrorCode.NOT_FOUND)));
        }
    }

    @Test
    void aResetPasswordEndsSessionsAndTheSecondStep() {
        HandedPassword person = world.person("hua");
        as(person).run(() -> {
            TotpOffer offer = profiles.offerTotp();
            profiles.confirmTotp(Totp.codeAt(offer.secret(), clock.instant()));
        });

        HandedPassword again = Caller.system("test")
                .call(() -> users.resetPassword(person.user().id()));

        assertThat(again.password()).isNotEqualTo(person.password());
        assertThat(again.user().mustChangePassword()).isTrue();
        assertThat(again.user().totpOn()).isFalse();
        as(person).run(() -> assertThat(sessions.mine(null)).isEmpty());
    }

    @Test
    void anAddressIsTakenInAnyCase() {
        HandedPassword person = world.person("Ian");

        Caller.system("test")
                .run(() -> assertThatThrownBy(
                                () -> users.create(person.user().email().toUpperCase(java.util.Locale.ROOT), "Ian"))
                        .satisfies(is(ErrorCode.EMAIL_TAKEN)));
    }

    private static Caller as(HandedPassword person) {
        return new Caller(
                Actor.user(person.user().id(), person.user().email(), null, null),
                person.user().id(),
                Set.of());
    }
}
