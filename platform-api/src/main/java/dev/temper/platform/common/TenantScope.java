package dev.temper.platform.common;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The tenant that the running code works for. Bound for the length of a call, on platform and virtual threads alike, so
 * nothing leaks into the next request; transactions begun inside it show the database the same tenant.
 */
public final class TenantScope {
    private static final ScopedValue<UUID> TENANT = ScopedValue.newInstance();

    private TenantScope() {}

    public static Optional<UUID> current() {
        return TENANT.isBound() && !fleet() ? Optional.of(TENANT.get()) : Optional.empty();
    }

    /** The tenant, where there must be one. */
    public static UUID require() {
        return current().orElseThrow(() -> new IllegalStateException("No tenant is bound here"));
    }

    /** Whether {@link FleetScope} is what was entered last. */
    static boolean fleet() {
        return TENANT.isBound() && TENANT.get().equals(FleetScope.EVERY_TENANT);
    }

    /**
     * Runs within a tenant.
     *
     * @throws IllegalStateException inside a transaction of another tenant: the database would still see the first
     */
    public static <T extends @Nullable Object, X extends Throwable> T call(
            UUID tenant, ScopedValue.CallableOp<T, X> work) throws X {
        var inside = TENANT.isBound() && TENANT.get().equals(tenant);
        if (!inside && TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A transaction is open; enter the tenant before it begins");
        }
        return ScopedValue.where(TENANT, tenant).call(work);
    }

    public static void run(UUID tenant, Runnable work) {
        TenantScope.<@Nullable Object, RuntimeException>call(tenant, () -> {
            work.run();
            return null;
        });
    }
}
