package dev.temper.web.platform;

import dev.temper.platform.tenant.TenantStatus;
import dev.temper.platform.tenant.TenantView;
import dev.temper.web.shell.Badge;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as the platform's admins see it.
 *
 * @param open whether anything can still be changed
 */
record TenantRow(
        UUID id,
        String name,
        String slug,
        Badge badge,
        Status status,
        @Nullable Moment created,
        String zone,
        boolean open,
        boolean active,
        long version) {
    /** A state with its icon and colour; the label is a message key. */
    record Status(String tone, String icon, String label) {
        static Status of(TenantStatus status) {
            return switch (status) {
                case ACTIVE -> new Status("ok", "circle-check", "tenant.status.active");
                case SUSPENDED -> new Status("warn", "player-pause", "tenant.status.suspended");
                case CLOSED -> new Status("", "ban", "tenant.status.closed");
            };
        }
    }

    static TenantRow of(TenantView tenant, Formats formats) {
        return new TenantRow(
                tenant.id(),
                tenant.name(),
                tenant.slug(),
                Badge.of(tenant.slug(), tenant.name()),
                Status.of(tenant.status()),
                formats.moment(tenant.createdAt()),
                tenant.timeZone(),
                tenant.status() != TenantStatus.CLOSED,
                tenant.status() == TenantStatus.ACTIVE,
                tenant.version());
    }
}
