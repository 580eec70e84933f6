package dev.temper.web.shell;

import dev.temper.platform.common.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands in the left navigation and in the command palette: only what exists and the reader may open. */
final class Navigation {
    /** Entries under a common heading; the label is a message key, null for none. */
    record Group(@Nullable String label, List<Entry> entries) {}

    /**
     * One entry.
     *
     * @param area what its pages call themselves, so that the entry can be marked as the current one
     */
    record Entry(String area, String label, String icon, String href) {}

    private static final List<Group> PLATFORM = List.of(new Group(
            "shell.group.platform",
            List.of(
                    new Entry("tenants", "tenants.title", "building", "/admin/tenants"),
                    new Entry("pools", "pools.title", "server", "/admin/pools"),
                    new Entry("models", "models.title", "robot", "/admin/models"),
                    new Entry("quotas", "quotas.title", "layout-grid", "/admin/quotas"),
                    new Entry("reservations", "reservations.title", "clock", "/admin/reservations"),
                    new Entry("fleet", "fleet.title", "stack-2", "/admin/queue"),
                    new Entry("audit", "audit.title", "clipboard-list", "/admin/audit"))));
    private static final List<Group> ACCOUNT = List.of(new Group(
            "shell.group.account",
            List.of(
                    new Entry("profile", "account.profile", "user", "/me"),
                    new Entry("security", "account.security", "shield-lock", "/me/security"),
                    new Entry("mail", "notices.mail.title", "mail", "/me/notices"))));

    private Navigation() {}

    static List<Group> of(@Nullable Viewer viewer, @Nullable TenantLink tenant, boolean platform, Set<Permission> may) {
        if (viewer == null) {
            return List.of();
        }
        if (tenant != null) {
            return ofTenant("/t/" + tenant.slug(), may);
        }
        return platform ? PLATFORM : ACCOUNT;
    }

    private static List<Group> ofTenant(String root, Set<Permission> may) {
        var work = new ArrayList<Entry>(List.of(new Entry("home", "home.title", "home", root)));
        var compute = new ArrayList<Entry>();
        var tenant = new ArrayList<Entry>();
        if (may.contains(Permission.READ)) {
            work.add(new Entry("datasets", "datasets.title", "file-text", root + "/datasets"));
            work.add(new Entry("tasks", "tasks.title", "activity", root + "/tasks"));
            work.add(new Entry("models", "models.tabs", "robot", root + "/models/base"));
            compute.add(new Entry("queue", "queue.title", "stack-2", root + "/queue"));
            compute.add(new Entry("usage", "usage.title", "chart-bar", root + "/usage"));
            tenant.add(new Entry("members", "members.title", "users", root + "/members"));
            tenant.add(new Entry("keys", "keys.title", "key", root + "/keys"));
        }
        if (may.contains(Permission.MANAGE_TENANT)) {
            tenant.add(new Entry("webhooks", "webhooks.title", "webhook", root + "/webhooks"));
        }
        if (may.contains(Permission.READ_AUDIT)) {
            tenant.add(new Entry("audit", "audit.title", "clipboard-list", root + "/audit"));
        }
        return tenant.isEmpty()
                ? List.of(new Group(null, work))
                : List.of(
                        new Group(null, work),
                        new Group("shell.group.compute", compute),
                        new Group("shell.group.tenant", tenant));
    }

    static List<Destination> destinations(
            @Nullable Viewer viewer, @Nullable TenantLink tenant, boolean platform, Set<Permission> may) {
        var found = new ArrayList<Destination>();
        String context = tenant == null ? null : tenant.name();
        if (tenant != null && may.contains(Permission.MANAGE_TENANT)) {
            found.add(action("members.invite", "user-plus", "/t/" + tenant.slug() + "/members/invite", context));
            found.add(action("webhooks.create", "webhook", "/t/" + tenant.slug() + "/webhooks/new", context));
        }
        if (tenant != null && may.contains(Permission.WRITE)) {
            found.add(action("tasks.new", "plus", "/t/" + tenant.slug() + "/tasks/new", context));
            found.add(action("imports.new", "plus", "/t/" + tenant.slug() + "/datasets/import", context));
            found.add(action("models.import", "plus", "/t/" + tenant.slug() + "/models/import", context));
        }
        if (tenant != null && may.contains(Permission.READ)) {
            found.add(action("keys.create", "key", "/t/" + tenant.slug() + "/keys/new", context));
            found.add(new Destination("notices.title", "bell", "/t/" + tenant.slug() + "/notices", context, false));
        }
        of(viewer, tenant, platform, may).stream()
                .flatMap(group -> group.entries().stream())
                .forEach(entry -> found.add(page(entry, context)));
        if (viewer != null && viewer.platformAdmin()) {
            found.add(action("tenants.create", "building", "/admin/tenants/new", null));
            if (!platform) {
                PLATFORM.getFirst().entries().forEach(entry -> found.add(page(entry, null)));
            }
        }
        if (viewer != null && (tenant != null || platform)) {
            ACCOUNT.getFirst().entries().forEach(entry -> found.add(page(entry, null)));
        }
        found.add(new Destination("help.title", "help", "/help", null, false));
        found.add(new Destination("help.errors", "alert-triangle", "/help/errors", null, false));
        found.add(new Destination("shell.api_docs", "code", "/api/docs", null, false));
        return found;
    }

    private static Destination action(String label, String icon, String href, @Nullable String context) {
        return new Destination(label, icon, href, context, true);
    }

    private static Destination page(Entry entry, @Nullable String context) {
        return new Destination(entry.label(), entry.icon(), entry.href(), context, false);
    }
}
