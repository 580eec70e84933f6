package dev.temper.platform.notice;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.notices.*}.
 *
 * @param address where people reach the platform, as in {@code https://temper.example.org}, for links in mail; not set: mail
 *     has none
 * @param keep how long notices stay, and what was sent to webhooks
 */
@ConfigurationProperties("temper.notices")
record NoticeSettings(
        @Nullable URI address, @DefaultValue("90d") Duration keep) {
    NoticeSettings {
        if (keep.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("temper.notices.keep must be 1d or more, but is " + keep);
        }
    }
}
