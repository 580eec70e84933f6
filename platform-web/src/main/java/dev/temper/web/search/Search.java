package dev.temper.web.search;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.Tenants;
import dev.temper.web.shell.Destination;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.TenantLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Finds what the reader may open: pages and actions, people and keys of the tenant they are in, their tenants, error
 * codes. Each list comes from the service that also draws its page, so nothing is found that may not be seen.
 */
@Component
class Search {
    private static final int SHOWN = 20;
    private static final int PAGES_READ = 5;

    private final Members members;
    private final ApiKeys keys;
    private final Tenants tenants;
    private final Cursors cursors;
    private final MessageSource words;

    Search(Members members, ApiKeys keys, Tenants tenants, Cursors cursors, MessageSource words) {
        this.members = members;
        this.keys = keys;
        this.tenants = tenants;
        this.cursors = cursors;
        this.words = words;
    }

    private record Scored(int score, Hit hit) {}

    /** The best first; without a query the places one may go to. */
    List<Hit> find(String query, Shell shell, Locale locale) {
        List<Scored> found = new ArrayList<>();
        destinations(query, shell, locale, found);
        if (!query.isBlank()) {
            tenantsOf(query, shell, found);
            if (shell.tenant() != null && Caller.current().may(Permission.READ)) {
                inTenant(query, shell.tenant(), found);
            }
            if (shell.viewer() != null && shell.viewer().platformAdmin()) {
                onPlatform(query, found);
            }
            errors(query, locale, found);
        }
        return found.stream()
                .sorted(Comparator.comparingInt(Scored::score).reversed())
                .map(Scored::hit)
                .limit(SHOWN)
                .toList();
    }

    private void destinations(String query, Shell shell, Locale locale, List<Scored> found) {
        for (Destination destination : shell.destinations()) {
            String title = say(destination.label(), locale);
            // Whoever knows the English name of a thing finds it in any language.
            int score = query.isBlank() ? 1 : Match.score(query, title, say(destination.label(), Locale.ENGLISH));
            add(
                    found,
                    score,
                    new Hit(
                            destination.action() ? "search.kind.action" : "search.kind.page",
                            destination.icon(),
                            title,
                            destination.context(),
                            destination.href()));
        }
    }

    private static void tenantsOf(String query, Shell shell, List<Scored> found) {
        for (TenantLink tenant : shell.tenants()) {
            add(
                    found,
                    Match.score(query, tenant.name(), tenant.slug()),
                    new Hit("search.kind.tenant", "building", tenant.name(), tenant.slug(), tenant.href()));
        }
    }

    private void inTenant(String query, TenantLink tenant, List<Scored> found) {
        String root = "/t/" + tenant.slug();
        boolean manage = Caller.current().may(Permission.MANAGE_TENANT);
        all(members::list)
                .forEach(member -> add(
                        found,
                        Match.score(query, member.displayName(), member.email()),
                        new Hit(
                                "search.kind.member",
                                "user",
                                member.displayName(),
                                member.email(),
                                manage ? root + "/members/" + member.id() : root + "/members")));
        all(keys::list)
                .forEach(key -> add(
                        found,
                        Match.score(query, key.name(), key.prefix()),
                        new Hit("search.kind.key", "key", key.name(), key.prefix() + "…", root + "/keys")));
    }

    private void onPlatform(String query, List<Scored> found) {
        all(tenants::all)
                .forEach(tenant -> add(
                        found,
                        Match.score(query, tenant.name(), tenant.slug()),
                        new Hit(
                                "search.kind.platform_tenant",
                                "adjustments-horizontal",
                                tenant.name(),
                                tenant.slug(),
                                "/admin/tenants/" + tenant.id())));
    }

    private static void errors(String query, Locale locale, List<Scored> found) {
        for (ErrorCode code : ErrorCode.values()) {
            String title = ErrorTexts.title(code, locale);
            add(
                    found,
                    Match.score(query, code.code(), title),
                    new Hit("search.kind.error", "alert-triangle", title, code.code(), code.helpPath()));
        }
    }

    /** The first thousand of a list: as many as can be looked through while somebody types. */
    private <T> List<T> all(Function<PageQuery, Page<T>> list) {
        List<T> items = new ArrayList<>();
        String cursor = null;
        for (int i = 0; i < PAGES_READ; i++) {
            Page<T> page = list.apply(cursors.query(PageQuery.MAX_LIMIT, cursor, "search"));
            items.addAll(page.items());
            cursor = page.next();
            if (cursor == null) {
                break;
            }
        }
        return items;
    }

    private static void add(List<Scored> found, int score, Hit hit) {
        if (score > 0) {
            found.add(new Scored(score, hit));
        }
    }

    private String say(String key, Locale locale) {
        return Objects.requireNonNull(words.getMessage(key, null, locale));
    }
}
