package dev.temper.platform.common;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks and what they may do in the {@linkplain TenantScope tenant} of the request. Bound for the length of a
 * request, a command or a chore, as the tenant is; a use-case asks {@link #current()} before anything else, and the
 * audit log names its actor.
 *
 * @param userId the person, or the person a key acts for; null for workers and the platform itself
 */
public record Caller(Actor actor, @Nullable UUID userId, Set<Permission> permissions) {
    private static final ScopedValue<Caller> CALLER = ScopedValue.newInstance();

    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /** The platform itself, as in {@code Caller.system("first start").run(() -> …)}: may do everything. */
    public static Caller system(String chore) {
        return new Caller(Actor.system(chore), null, EnumSet.allOf(Permission.class));
    }

    public static Caller current() {
        return CALLER.orElseThrow(() -> new IllegalStateException("No caller is bound here"));
    }

    /** The caller, where the request has one: not while somebody signs in. */
    public static Optional<Caller> find() {
        return CALLER.isBound() ? Optional.of(CALLER.get()) : Optional.empty();
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** Goes on only if this caller may. */
    public void require(Permission permission) {
        if (may(permission)) {
            return;
        }
        boolean noTenant = permission != Permission.MANAGE_PLATFORM
                && TenantScope.current().isEmpty();
        throw (noTenant ? ErrorCode.TENANT_REQUIRED : ErrorCode.ACTION_NOT_ALLOWED).problem();
    }

    /** The person whose own affairs these are; neither a worker nor the platform has any. */
    public UUID requirePerson() {
        return person().orElseThrow(ErrorCode.SIGN_IN_REQUIRED::problem);
    }

    /** The person, when it is they who act and not a key of theirs: accounts are changed by nobody else. */
    public UUID requireSelf() {
        if (actor.kind() == Actor.Kind.API_KEY) {
            throw ErrorCode.ACTION_NOT_ALLOWED.problem();
        }
        return requirePerson();
    }

    /** The person, or the one a key acts for. */
    public Optional<UUID> person() {
        return Optional.ofNullable(userId);
    }

    /** Runs on behalf of this caller. */
    public <T extends @Nullable Object, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CALLER, this).call(work);
    }

    public void run(Runnable work) {
        ScopedValue.where(CALLER, this).run(work);
    }
}
