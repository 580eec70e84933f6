package dev.temper.platform.common;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock; a test puts its own beside it as {@code @Primary}. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {
    /** Ticks in microseconds, which is what PostgreSQL keeps, so that an instant read back equals the one written. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
