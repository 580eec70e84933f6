package dev.temper.platform.notice;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to a webhook, and how it went.
 *
 * @param id sent along as webhook-id, the same each time it is tried
 * @param body what is sent, byte for byte
 * @param tries oldest first
 * @param dueAt when it is tried next; null where it is over
 */
public record DeliveryView(
        UUID id,
        UUID webhookId,
        String type,
        String body,
        State state,
        List<Try> tries,
        @Nullable Instant dueAt,
        Instant createdAt) {
    /** Where a delivery stands. */
    public enum State {
        /** To be tried, or tried again. */
        PENDING,
        DELIVERED,
        /** Tried as often as it is, or not wanted any more. */
        FAILED
    }

    /**
     * One time it was sent.
     *
     * @param status of the answer; null where none came
     * @param obstacle why no answer came
     */
    public record Try(
            Instant at,
            long millis,
            @Nullable Integer status,
            @Nullable Obstacle obstacle) {}
}
