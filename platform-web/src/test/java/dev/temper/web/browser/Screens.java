package dev.temper.web.browser;

import java.util.List;

/** Every screen there is, by who may see it. A new page is added here, and is then checked like the others. */
final class Screens {
    static final List<String> ANONYMOUS = List.of(
            "/login",
            "/login?error",
            "/login?expired",
            "/help",
            "/help/errors",
            "/help/errors/not_found",
            "/invite/nothing");
    static final List<String> TENANT = List.of(
            "/t/acme",
            "/t/acme/members",
            "/t/acme/members/invite",
            "/t/acme/members/invited",
            "/t/acme/datasets",
            "/t/acme/datasets?q=nothing-like-it",
            "/t/acme/datasets/import",
            "/t/acme/datasets/import/all",
            "/t/acme/models/base",
            "/t/acme/models/base/temper-mini",
            "/t/acme/models/tuned",
            "/t/acme/models/import",
            "/t/acme/models/import?source=upload",
            "/t/acme/queue",
            "/t/acme/queue?show=ended&whose=me",
            "/t/acme/queue?pool=no-such",
            "/t/acme/queue/shares",
            "/t/acme/usage",
            "/t/acme/usage?month=2020-02",
            "/t/acme/datasets/recipes",
            "/t/acme/datasets/recipes/new",
            "/t/acme/datasets/endpoints",
            "/t/acme/tasks",
            "/t/acme/tasks?state=running&owner=me&method=full&q=nothing-like-it&sort=name",
            "/t/acme/tasks/cancel?state=open&all=true",
            "/t/acme/tasks/new",
            "/t/acme/tasks/compare",
            "/t/acme/keys",
            "/t/acme/keys/new",
            "/t/acme/keys/created",
            "/t/acme/notices",
            "/t/acme/webhooks",
            "/t/acme/webhooks/new",
            "/t/acme/audit",
            "/t/acme/audit?check=chain",
            "/t/acme/audit?q=nothing-like-it",
            "/t/acme/search?q=a",
            "/t/hostile/keys",
            "/t/hostile/datasets/1/prepare",
            "/t/hostile/datasets/1/preview",
            "/t/hostile/datasets/1/diff?from=1&to=1",
            "/t/hostile/datasets/import/all",
            "/t/hostile/datasets/1/preview?cutoff=20&why=truncated",
            "/t/acme/nothing");
    static final List<String> ACCOUNT =
            List.of("/", "/me", "/me/notices", "/me/security", "/me/security/totp", "/search?q=xyz", "/t/nobodys");
    static final List<String> PLATFORM = List.of(
            "/admin/tenants",
            "/admin/tenants/new",
            "/admin/models",
            "/admin/models/temper-mini",
            "/admin/models-import",
            "/admin/pools",
            "/admin/pools?label=no%3Dsuch",
            "/admin/pools/new",
            "/admin/quotas",
            "/admin/queue",
            "/admin/queue?pool=no-such",
            "/admin/reservations",
            "/admin/reservations/new",
            "/admin/audit");

    /** The parts of a dataset's page, behind the address of a version. */
    static final List<String> DATASET = List.of(
            "?tab=report",
            "?tab=rows&problem=any",
            "?tab=rows&q=nothing-like-it",
            "?tab=statistics",
            "?tab=versions",
            "?tab=lineage",
            "?tab=settings",
            "/delete",
            "/rows/1",
            "/rows/new");

    private Screens() {}
}
