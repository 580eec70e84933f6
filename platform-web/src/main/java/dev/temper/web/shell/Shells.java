package dev.temper.web.shell;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.notice.Notices;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts a request's shell together. */
@Component
class Shells {
    private final Viewers viewers;
    private final Looks looks;
    private final Notices notices;
    private final MessageSource words;

    Shells(Viewers viewers, Looks looks, Notices notices, MessageSource words) {
        this.viewers = viewers;
        this.looks = looks;
        this.notices = notices;
        this.words = words;
    }

    Shell of(HttpServletRequest request) {
        Viewer viewer = viewers.of(request).orElse(null);
        String path = PagePath.asked(request);
        List<TenantLink> tenants = viewer == null
                ? List.of()
                : viewer.tenants().stream().map(place -> link(place, path)).toList();
        String slug = PagePath.tenant(path);
        TenantLink tenant = tenants.stream()
                .filter(each -> each.slug().equals(slug))
                .findFirst()
                .orElse(null);
        boolean platform = viewer != null && viewer.platformAdmin() && PagePath.platform(path);
        return draw(request, viewer, tenant, tenants, platform, looks.of(request));
    }

    /** One that reads nothing, for when reading is what failed. */
    Shell bare(HttpServletRequest request) {
        return draw(request, null, null, List.of(), false, Looks.unread(request));
    }

    private Shell draw(
            HttpServletRequest request,
            @Nullable Viewer viewer,
            @Nullable TenantLink tenant,
            List<TenantLink> tenants,
            boolean platform,
            Look look) {
        Set<Permission> may = viewer == null ? Set.of() : Caller.current().permissions();
        boolean reads = tenant != null && may.contains(Permission.READ);
        String root = tenant == null ? "" : "/t/" + tenant.slug();
        String brand = say("brand", look);
        String platformName = say("platform.title", look);
        String outside = platform ? platformName : brand;
        String outsideName = platform ? platformName : say("shell.no_tenant", look);
        return new Shell(
                viewer,
                tenant,
                tenants,
                platform,
                Navigation.of(viewer, tenant, platform, may),
                Navigation.destinations(viewer, tenant, platform, may),
                look,
                tenant == null ? outside : tenant.name(),
                tenant == null ? outsideName : tenant.name(),
                tenant == null ? (platform ? "/admin/tenants" : "/") : root,
                root + "/search",
                reads,
                reads && TenantScope.current().isPresent() ? notices.unread() : null,
                PagePath.withQuery(request));
    }

    private static TenantLink link(Viewer.Place place, String path) {
        return new TenantLink(
                place.slug(),
                place.name(),
                Badge.of(place.slug(), place.name()),
                "/t/" + place.slug() + PagePath.collection(path));
    }

    private String say(String key, Look look) {
        return Objects.requireNonNull(
                words.getMessage(key, null, look.language().locale()));
    }
}
