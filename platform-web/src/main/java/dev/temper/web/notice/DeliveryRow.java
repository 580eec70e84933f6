package dev.temper.web.notice;

import dev.temper.platform.notice.DeliveryView;
import dev.temper.platform.notice.DeliveryView.State;
import dev.temper.platform.notice.DeliveryView.Try;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to a webhook as the pages draw it.
 *
 * @param due when it is tried again
 * @param lookIn after how many seconds a page looks again; null where nothing more comes
 */
record DeliveryRow(
        UUID id,
        String type,
        String tone,
        String icon,
        String label,
        List<Attempt> tries,
        @Nullable Moment due,
        @Nullable Long lookIn,
        @Nullable Moment created) {
    private static final Duration SOONEST = Duration.ofSeconds(2);
    private static final Duration LATEST = Duration.ofMinutes(5);

    /**
     * One time it was sent.
     *
     * @param obstacle a message key; null where there was an answer
     */
    record Attempt(
            @Nullable Moment at,
            long millis,
            @Nullable Integer status,
            @Nullable String obstacle) {
        static Attempt of(Try tried, Formats formats) {
            return new Attempt(
                    formats.moment(tried.at()),
                    tried.millis(),
                    tried.status(),
                    tried.obstacle() == null
                            ? null
                            : "webhooks.obstacle." + tried.obstacle().name().toLowerCase(Locale.ROOT));
        }
    }

    static DeliveryRow of(DeliveryView delivery, Formats formats, Instant now) {
        State state = delivery.state();
        boolean again = state == State.PENDING && !delivery.tries().isEmpty();
        return new DeliveryRow(
                delivery.id(),
                delivery.type(),
                switch (state) {
                    case PENDING -> again ? "warn" : "";
                    case DELIVERED -> "ok";
                    case FAILED -> "bad";
                },
                switch (state) {
                    case PENDING -> "hourglass";
                    case DELIVERED -> "circle-check";
                    case FAILED -> "circle-x";
                },
                again
                        ? "webhooks.state.again"
                        : "webhooks.state." + state.name().toLowerCase(Locale.ROOT),
                delivery.tries().stream()
                        .map(tried -> Attempt.of(tried, formats))
                        .toList(),
                formats.moment(delivery.dueAt()),
                delivery.dueAt() == null ? null : lookIn(Duration.between(now, delivery.dueAt())),
                formats.moment(delivery.createdAt()));
    }

    /** What came of it last; null where it was not sent yet. */
    public @Nullable Attempt last() {
        return tries.isEmpty() ? null : tries.getLast();
    }

    /** The more is left until it is tried, the later: that may be in seconds or in half a day. */
    static long lookIn(Duration left) {
        Duration part = left.dividedBy(4);
        Duration wait = part.compareTo(SOONEST) < 0 ? SOONEST : part.compareTo(LATEST) > 0 ? LATEST : part;
        return wait.toSeconds();
    }
}
