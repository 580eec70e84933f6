package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ImportPaceTest {
    @Test
    void whatIsLeftTakesAsLongAsWhatWasRead() {
        assertThat(ImportPace.of(3_000, 0.25, Duration.ofSeconds(30))).isEqualTo(new ImportPace(100.0, 90L));
    }

    @Test
    void nothingIsSaidOfNothing() {
        assertThat(ImportPace.of(0, 0, Duration.ofSeconds(30))).isEqualTo(ImportPace.UNKNOWN);
        assertThat(ImportPace.of(10, 0.5, Duration.ZERO)).isEqualTo(ImportPace.UNKNOWN);
        assertThat(ImportPace.of(10, 0.5, Duration.ofSeconds(-1)))
                .as("a clock set back")
                .isEqualTo(ImportPace.UNKNOWN);
    }
}
