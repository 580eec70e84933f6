package dev.temper.platform.notice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to change of a webhook; null: it stays. */
public record WebhookChange(
        @Nullable String url,
        @Nullable List<String> events,
        @Nullable Boolean active) {}
