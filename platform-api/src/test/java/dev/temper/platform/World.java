package dev.temper.platform;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.HandedPassword;
import dev.temper.platform.tenant.IssuedApiKey;
import dev.temper.platform.tenant.Member;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Scope;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import dev.temper.platform.tenant.Users;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Makes tenants and people for tests, by the platform's own use-cases; every name is new. */
@Component
public class World {
    private static final Caller SYSTEM = Caller.system("test");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Tenants tenants;
    private final Users users;
    private final Members members;
    private final ApiKeys keys;

    World(Tenants tenants, Users users, Members members, ApiKeys keys) {
        this.tenants = tenants;
        this.users = users;
        this.members = members;
        this.keys = keys;
    }

    /** A person in a tenant, with the password they were handed. */
    public record Inhabitant(TenantView tenant, Member member, String password) {
        public UUID userId() {
            return member.userId();
        }

        public String email() {
            return member.email();
        }

        /** Does something as this person, in their tenant. */
        public <T> T does(Supplier<T> work) {
            Actor actor = Actor.user(userId(), email(), "192.0.2.1", "test");
            return TenantScope.call(
                    tenant.id(), () -> new Caller(actor, userId(), member.role().permissions()).call(work::get));
        }
    }

    public TenantView tenant(String name) {
        return SYSTEM.call(() -> tenants.create(name + " " + NUMBER.incrementAndGet(), null));
    }

    public HandedPassword person(String name) {
        return SYSTEM.call(() -> users.create(name + NUMBER.incrementAndGet() + "@example.org", name));
    }

    public HandedPassword platformAdmin() {
        return SYSTEM.call(() -> users.createPlatformAdmin("root" + NUMBER.incrementAndGet() + "@example.org", "Root"));
    }

    public Inhabitant member(TenantView tenant, Role role) {
        HandedPassword person = person(role.name().toLowerCase(java.util.Locale.ROOT));
        Member member = SYSTEM.call(() ->
                TenantScope.call(tenant.id(), () -> members.add(person.user().id(), role)));
        return new Inhabitant(tenant, member, person.password());
    }

    /** The owner of a tenant of their own. */
    public Inhabitant owner() {
        return member(tenant("Tenant"), Role.OWNER);
    }

    public IssuedApiKey key(Inhabitant maker, Scope... scopes) {
        return maker.does(() -> keys.create("key", Set.of(scopes), null));
    }
}
