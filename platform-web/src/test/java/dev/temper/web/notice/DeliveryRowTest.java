package dev.temper.web.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliveryRowTest {
    @Test
    void aPageLooksAgainTheLaterTheMoreIsLeft() {
        assertThat(DeliveryRow.lookIn(Duration.ofSeconds(-3))).isEqualTo(2);
        assertThat(DeliveryRow.lookIn(Duration.ofSeconds(5))).isEqualTo(2);
        assertThat(DeliveryRow.lookIn(Duration.ofMinutes(1))).isEqualTo(15);
        assertThat(DeliveryRow.lookIn(Duration.ofHours(14))).isEqualTo(300);
    }
}
