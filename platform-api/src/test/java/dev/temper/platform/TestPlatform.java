package dev.temper.platform;

import dev.temper.platform.common.SettableClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The application of {@link PlatformTest}. */
@SpringBootApplication
public class TestPlatform {
    /** Starts at the present, because sessions and cookies live by the machine's clock. */
    @Bean
    @Primary
    SettableClock testClock() {
        return new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }
}
