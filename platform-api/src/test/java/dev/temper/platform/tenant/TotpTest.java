package dev.temper.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TotpTest {
    /** The secret of RFC 6238, appendix B ("12345678901234567890"), in base 32. */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static final Instant MOMENT = Instant.ofEpochSecond(1111111109);

    @Test
    void agreesWithTheStandard() {
        assertThat(Totp.codeAt(SECRET, Instant.ofEpochSecond(59))).isEqualTo("287082");
        assertThat(Totp.codeAt(SECRET, MOMENT)).isEqualTo("081804");
        assertThat(Totp.codeAt(SECRET, Instant.ofEpochSecond(20000000000L))).isEqualTo("353130");
    }

    @Test
    void aClockMayBeOneStepOff() {
        assertThat(Totp.accept(SECRET, "081804", MOMENT.plusSeconds(30), 0)).isPresent();
        assertThat(Totp.accept(SECRET, "081804", MOMENT.minusSeconds(30), 0)).isPresent();
        assertThat(Totp.accept(SECRET, "081804", MOMENT.plusSeconds(61), 0)).isEmpty();
    }

    @Test
    void aCodeThatWasUsedIsSpent() {
        long step = Totp.accept(SECRET, " 081804 ", MOMENT, 0).orElseThrow();

        assertThat(Totp.accept(SECRET, "081804", MOMENT, step)).isEmpty();
    }

    @Test
    void theOfferIsWhatAppsRead() {
        TotpOffer offer = Totp.offer("ann@example.org");

        assertThat(offer.uri()).startsWith("otpauth://totp/").contains("secret=" + offer.secret());
        assertThat(offer.qrCode()).startsWith("data:image/png;base64,");
    }
}
