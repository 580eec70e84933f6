package dev.temper.platform.notice;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A webhook as it is shown: everything but its secret.
 *
 * @param active whether anything is sent to it; what was on its way waits meanwhile
 */
public record WebhookView(
        UUID id, String url, List<String> events, boolean active, Instant createdAt, Instant changedAt, long version)
        implements Versioned {}
