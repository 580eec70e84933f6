package dev.temper.benchmarks.fleet;

import dev.temper.benchmarks.RealDatabase;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.resource.PoolChange;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.QuotaLimits;
import dev.temper.platform.resource.Quotas;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.HandedPassword;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Scope;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import dev.temper.platform.tenant.Users;
import dev.temper.platform.workerlink.EnrolmentTokens;
import dev.temper.web.TemperApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Who and what there is before the first job: an admin, tenants, pools, quotas and the workers' tokens.
 *
 * @param tokens one for each worker
 */
record Founding(List<Tenant> tenants, List<PoolView> pools, List<String> tokens) {
    static final String ADMIN = "root@example.org";
    static final String PASSWORD = "a long password for a benchmark";

    private static final Caller SYSTEM = Caller.system("benchmark");

    /** A tenant with the key of its owner. */
    record Tenant(UUID id, String slug, String key) {}

    /**
     * Made by a platform that is gone afterwards. Every tenant but the last is guaranteed a device of each pool, of the last
     * pool the first tenant alone, so that somebody can borrow there for long; all may borrow the whole of each.
     */
    static Founding on(
            RealDatabase database, Path blobs, List<String> tenants, List<String> pools, int devices, int workers) {
        try (ConfigurableApplicationContext platform = new SpringApplicationBuilder(TemperApplication.class)
                .run(Stream.concat(
                                database.settings().stream(),
                                Stream.of(
                                        "server.port=0",
                                        "temper.scheduling.active=false",
                                        "temper.blobs.folder=" + blobs,
                                        "temper.data.folder=" + blobs,
                                        "logging.level.root=warn"))
                        .map("--"::concat)
                        .toArray(String[]::new))) {
            return SYSTEM.call(() -> {
                admin(platform);
                List<Tenant> people =
                        tenants.stream().map(name -> tenant(platform, name)).toList();
                List<PoolView> places =
                        pools.stream().map(name -> pool(platform, name)).toList();
                for (PoolView pool : places) {
                    for (Tenant tenant : people) {
                        boolean owed = pool.equals(places.getLast())
                                ? tenant.equals(people.getFirst())
                                : !tenant.equals(people.getLast());
                        platform.getBean(Quotas.class).set(tenant.id(), pool.id(), limits(owed ? 1 : 0, devices));
                    }
                }
                List<String> tokens = new ArrayList<>();
                for (int worker = 0; worker < workers; worker++) {
                    tokens.add(platform.getBean(EnrolmentTokens.class)
                            .issue(EnrolmentTokens.DEFAULT_LIFE)
                            .secret());
                }
                return new Founding(people, places, tokens);
            });
        }
    }

    static QuotaLimits limits(int guaranteed, int ceiling) {
        return new QuotaLimits(
                guaranteed, ceiling, null, null, null, QuotaLimits.LOWEST_PRIORITY, QuotaLimits.HIGHEST_PRIORITY);
    }

    private static void admin(ConfigurableApplicationContext platform) {
        HandedPassword handed = platform.getBean(Users.class).createPlatformAdmin(ADMIN, "Root");
        UUID id = handed.user().id();
        new Caller(Actor.user(id, ADMIN, null, null), id, Set.of())
                .call(() -> platform.getBean(Profiles.class).changePassword(handed.password(), PASSWORD));
    }

    private static Tenant tenant(ConfigurableApplicationContext platform, String name) {
        TenantView made = platform.getBean(Tenants.class).create(name, name);
        UUID owner = platform.getBean(Users.class)
                .create(name + "@example.org", name)
                .user()
                .id();
        String key = TenantScope.call(made.id(), () -> {
            platform.getBean(Members.class).add(owner, Role.OWNER);
            return platform.getBean(ApiKeys.class)
                    .createFor(owner, "Trial", EnumSet.allOf(Scope.class))
                    .secret();
        });
        return new Tenant(made.id(), name, key);
    }

    private static PoolView pool(ConfigurableApplicationContext platform, String name) {
        return platform.getBean(Pools.class).create(name, new PoolChange("", List.of("pool=" + name), 0));
    }
}
