package dev.temper.web.notice;

import dev.temper.platform.notice.DeliveryView;
import dev.temper.platform.notice.DeliveryView.State;
import dev.temper.platform.notice.DeliveryView.Try;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to a webhook as the pages draw it.
 *
 * @param due when it is tried again
 */
record DeliveryRow(
        UUID id,
        String type,
        String tone,
        String icon,
        String label,
        List<Attempt> tries,
        @Nullable Moment due,
        @Nullable Moment created) {
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

    static DeliveryRow of(DeliveryView delivery, Formats formats) {
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
                formats.moment(delivery.createdAt()));
    }

    /** What came of it last; null where it was not sent yet. */
    public @Nullable Attempt last() {
        return tries.isEmpty() ? null : tries.getLast();
    }

    /** Whether it is on its way, so that a page looks again soon. */
    public boolean moving() {
        return due != null;
    }
}
