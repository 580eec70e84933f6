package dev.temper.benchmarks.queue;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.tenant.Role;
import java.util.UUID;
import java.util.function.Supplier;

/** A person in a tenant, in whose name jobs are submitted. */
record Tenancy(UUID tenant, UUID user, String email) {
    <T> T does(Supplier<T> work) {
        var caller = new Caller(Actor.user(user, email, null, null), user, Role.OWNER.permissions());
        return TenantScope.call(tenant, () -> caller.call(work::get));
    }
}
