package dev.temper.platform.workerlink;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.worker-link.*}.
 *
 * @param lease how long a run stays with a worker that says nothing
 * @param glance how often the platform looks whether it has something for the workers that wait
 */
@ConfigurationProperties("temper.worker-link")
record LinkSettings(
        @DefaultValue("60s") Duration lease,
        @DefaultValue("250ms") Duration glance) {
    LinkSettings {
        if (lease.compareTo(Duration.ofSeconds(10)) < 0 || lease.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("temper.worker-link.lease must lie between 10s and 1h, but is " + lease);
        }
        if (glance.compareTo(Duration.ofMillis(10)) < 0 || glance.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException(
                    "temper.worker-link.glance must lie between 10ms and 1s, but is " + glance);
        }
    }
}
