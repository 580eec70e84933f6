package dev.temper.web.shell;

import dev.temper.platform.common.Caller;
import dev.temper.platform.tenant.MyTenant;
import dev.temper.platform.tenant.Profile;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.TenantStatus;
import dev.temper.platform.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds who looks at a page. */
@Component
public class Viewers {
    private static final String CACHED = Viewers.class.getName();

    private final Profiles profiles;
    private final Tenants tenants;

    Viewers(Profiles profiles, Tenants tenants) {
        this.profiles = profiles;
        this.tenants = tenants;
    }

    /** Whoever is signed in; read once a request. */
    public Optional<Viewer> of(HttpServletRequest request) {
        if (request.getAttribute(CACHED) instanceof Viewer viewer) {
            return Optional.of(viewer);
        }
        Optional<Viewer> viewer = Caller.current().person().map(_ -> read());
        viewer.ifPresent(found -> request.setAttribute(CACHED, found));
        return viewer;
    }

    private Viewer read() {
        Profile mine = profiles.mine();
        return new Viewer(
                mine.id(),
                mine.displayName(),
                mine.email(),
                mine.platformAdmin(),
                Language.of(mine.locale()).orElseGet(() -> Language.of(Locale.ENGLISH)),
                Theme.of(mine.theme()),
                ZoneId.of(mine.timeZone()),
                tenants.mine().stream()
                        .filter(tenant -> tenant.status() != TenantStatus.CLOSED)
                        .map(Viewers::place)
                        .toList());
    }

    private static Viewer.Place place(MyTenant tenant) {
        return new Viewer.Place(tenant.id(), tenant.slug(), tenant.name());
    }
}
