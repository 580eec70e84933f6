package dev.temper.web.launch;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tenants, from outside of the pages. */
@Command(name = "tenant", description = "Make tenants and list them.", mixinStandardHelpOptions = true)
final class TenantCommand extends CommandGroup {

    @Command(name = "create", description = "Make a tenant without members.", mixinStandardHelpOptions = true)
    int create(
            @Mixin StartOptions start,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--slug", description = "Its short name in addresses; made from the name if not given.")
                    @Nullable
                    String slug) {
        try (ConfigurableApplicationContext context = AdminContext.open(start)) {
            Tenants tenants = context.getBean(Tenants.class);
            print(Caller.system("admin command").call(() -> tenants.create(name, slug)));
            return 0;
        }
    }

    @Command(name = "list", description = "List the tenants, oldest first.", mixinStandardHelpOptions = true)
    int list(@Mixin StartOptions start) {
        try (ConfigurableApplicationContext context = AdminContext.open(start)) {
            Tenants tenants = context.getBean(Tenants.class);
            Cursors cursors = context.getBean(Cursors.class);
            String next = null;
            do {
                PageQuery page = cursors.query(PageQuery.MAX_LIMIT, next, "admin tenants");
                Page<TenantView> shown = Caller.system("admin command").call(() -> tenants.all(page));
                shown.items().forEach(TenantCommand::print);
                next = shown.next();
            } while (next != null);
            return 0;
        }
    }

    private static void print(TenantView tenant) {
        new Console(System.out, System.err)
                .say("%s  %-20s %-10s %s".formatted(tenant.id(), tenant.slug(), tenant.status(), tenant.name()));
    }
}
