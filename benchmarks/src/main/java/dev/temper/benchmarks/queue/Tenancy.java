package dev.temper.benchmarks.queue;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.tenant.Role;
import java.util.UUID;
import java.util.function.Supplier;

/** A person in a tenant, in whose name jobs are submitted and who watches them. */
record Tenancy(UUID tenant, String slug, UUID user, String email) {
    static final String PASSWORD = "a long password for a benchmark";

    <T> T does(Supplier<T> work) {
        var caller = new Caller(Actor.user(user, email, null, null), user, Role.OWNER.permissions());
        return TenantScope.call(tenant, () -> caller.call(work::get));
    }
}
