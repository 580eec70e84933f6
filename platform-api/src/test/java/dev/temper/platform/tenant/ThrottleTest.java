package dev.temper.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.tenant.Throttle.Failures;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Throttle THROTTLE =
            new Throttle(3, Duration.ofMinutes(15), Duration.ofMinutes(1), Duration.ofMinutes(10));

    @Test
    void waitsDoubleUpToTheLongest() {
        Failures failures = after(null, START, 3);
        assertThat(failures.blockedUntil()).isEqualTo(START.plus(Duration.ofMinutes(1)));

        failures = after(failures, START, 1);
        assertThat(failures.blockedUntil()).isEqualTo(START.plus(Duration.ofMinutes(2)));

        failures = after(failures, START, 100);
        assertThat(failures.blockedUntil()).isEqualTo(START.plus(Duration.ofMinutes(10)));
    }

    @Test
    void failuresWithinReasonHaveNoConsequence() {
        assertThat(after(null, START, 2).blockedUntil()).isNull();
    }

    @Test
    void failuresAreForgottenAWindowAfterTheFirst() {
        Failures two = after(null, START, 2);

        assertThat(after(two, START.plus(Duration.ofMinutes(15)), 1))
                .isEqualTo(new Failures(1, START.plus(Duration.ofMinutes(15)), null));
        assertThat(after(two, START.plus(Duration.ofMinutes(14)), 1).blockedUntil())
                .isNotNull();
    }

    @Test
    void aWaitThatIsOverIsRememberedForAWindow() {
        Failures blocked = after(null, START, 3);
        Instant end = START.plus(Duration.ofMinutes(1));

        assertThat(after(blocked, end.plus(Duration.ofMinutes(14)), 1).count()).isEqualTo(4);
        assertThat(after(blocked, end.plus(Duration.ofMinutes(15)), 1).count()).isEqualTo(1);
    }

    private static Failures after(@Nullable Failures failures, Instant now, int times) {
        Failures result = failures == null ? THROTTLE.afterFailure(null, now) : failures;
        for (int i = failures == null ? 1 : 0; i < times; i++) {
            result = THROTTLE.afterFailure(result, now);
        }
        return result;
    }
}
