package dev.temper.platform.common;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.rate-limit.*}: how many requests to the API one caller may make. Each replica counts for itself.
 *
 * @param window the time the numbers count for
 * @param perKey requests an API key or a worker may make in that time
 * @param perSession requests a signed-in person may make in that time
 * @param perAddress requests one network address may make in that time, signed in or not
 */
@ConfigurationProperties("temper.rate-limit")
public record RateLimitSettings(
        @DefaultValue("1m") Duration window,
        @DefaultValue("1200") int perKey,
        @DefaultValue("1200") int perSession,
        @DefaultValue("6000") int perAddress) {
    public RateLimitSettings {
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("temper.rate-limit.window must lie between 1s and 1d, but is " + window);
        }
        positive("per-key", perKey);
        positive("per-session", perSession);
        positive("per-address", perAddress);
    }

    private static void positive(String name, int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("temper.rate-limit." + name + " must be at least 1, but is " + requests);
        }
    }
}
