package dev.temper.platform.notice;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.webhooks.*}.
 *
 * @param allowPrivate whether webhooks may lead into private networks; tenants could then reach services beside the platform
 * @param timeout how long a receiver may take to answer
 */
@ConfigurationProperties("temper.webhooks")
record WebhookSettings(
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue("10s") Duration timeout) {
    WebhookSettings {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException(
                    "temper.webhooks.timeout must lie between 1s and 30s, but is " + timeout);
        }
    }
}
