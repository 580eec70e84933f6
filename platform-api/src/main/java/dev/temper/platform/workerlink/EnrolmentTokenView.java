package dev.temper.platform.workerlink;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token that lets one machine enrol.
 *
 * @param usedAt when a machine did; null: none yet
 * @param node what that machine is called
 */
public record EnrolmentTokenView(
        UUID id,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable String node) {}
