package dev.temper.web.audit;

import dev.temper.platform.audit.AuditEvent;
import dev.temper.web.shell.Badge;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log as pages draw it.
 *
 * @param action in the reader's words
 * @param changes what it was and what it is, field by field
 */
public record AuditRow(
        String number,
        @Nullable Moment at,
        String actor,
        String actorIcon,
        Badge badge,
        String action,
        String target,
        @Nullable String address,
        @Nullable String requestId,
        String hash,
        List<Change> changes) {
    static AuditRow of(AuditEvent event, String action, Formats formats) {
        return new AuditRow(
                formats.number(event.seq()),
                formats.moment(event.at()),
                event.actorName(),
                icon(event.actorKind()),
                Badge.of(event.actorName(), event.actorName()),
                action,
                event.targetName().equals(event.actorName()) ? "" : event.targetName(),
                event.address(),
                event.requestId(),
                event.hash(),
                Change.between(event.before(), event.after()));
    }

    private static String icon(String kind) {
        return switch (kind) {
            case "USER" -> "user";
            case "API_KEY" -> "key";
            case "WORKER" -> "device-laptop";
            default -> "robot";
        };
    }
}
