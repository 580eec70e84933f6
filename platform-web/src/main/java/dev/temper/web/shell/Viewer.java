package dev.temper.web.shell;

import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/**
 * Who looks at the page.
 *
 * @param tenants those they belong to, by name
 */
public record Viewer(
        UUID id,
        String name,
        String email,
        boolean platformAdmin,
        Language language,
        Theme theme,
        ZoneId zone,
        List<Place> tenants) {

    /** A tenant somebody belongs to. */
    public record Place(UUID id, String slug, String name) {}

    public Viewer {
        tenants = List.copyOf(tenants);
    }

    public Badge badge() {
        return Badge.of(email, name);
    }
}
