package dev.temper.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {
    /** The example that the Standard Webhooks' own libraries are tested with. */
    @Test
    void isThatOfTheStandardWebhooks() {
        assertThat(Signature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void waitsLongerEachTimeAndEndsAfterADay() {
        assertThat(Backoff.after(1)).hasValueSatisfying(wait -> assertThat(wait).hasSeconds(5));
        assertThat(Backoff.after(7)).hasValueSatisfying(wait -> assertThat(wait).hasHours(14));
        assertThat(Backoff.after(8)).isEmpty();
    }
}
