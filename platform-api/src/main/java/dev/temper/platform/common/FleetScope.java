package dev.temper.platform.common;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work on the whole fleet rather than for one tenant: planning the queue, workers' reports, the matrix of quotas. Inside
 * it no tenant is bound; a transaction reaches every tenant's rows in the tables of compute, and no tenant's rows in any
 * other table. As with {@link TenantScope} it is entered before the transaction begins.
 */
public final class FleetScope {
    /** Stands for every tenant where Hibernate asks for one; no tenant has it. */
    public static final UUID EVERY_TENANT = new UUID(-1, -1);

    private FleetScope() {}

    public static boolean entered() {
        return TenantScope.fleet();
    }

    /**
     * Runs on the whole fleet.
     *
     * @throws IllegalStateException inside a transaction that was begun outside: the database would not know
     */
    public static <T extends @Nullable Object, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
        return TenantScope.call(EVERY_TENANT, work);
    }

    public static void run(Runnable work) {
        TenantScope.run(EVERY_TENANT, work);
    }
}
