package dev.temper.platform.tenant.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class LineTest {
    @Test
    void whoHasATurnNeedsNoOtherForWhatItDoesWithin() throws Exception {
        var line = new Line(1, Duration.ofMillis(10));
        line.enter();
        line.enter();
        line.leave();
        assertGivesUp(line);
        line.leave();
        assertEnters(line);
    }

    @Test
    void whoWaitsIsLetInWhenATurnComesUp() throws Exception {
        var line = new Line(1, Duration.ofMinutes(1));
        line.enter();
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = others.submit(() -> {
                line.enter();
                line.leave();
                return true;
            });
            assertThat(waiting.isDone()).isFalse();
            line.leave();
            assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void assertEnters(Line line) throws Exception {
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            others.submit(line::enter).get(10, TimeUnit.SECONDS);
        }
    }

    private static void assertGivesUp(Line line) {
        assertThatThrownBy(() -> assertEnters(line)).hasCauseInstanceOf(CannotCreateTransactionException.class);
    }
}
