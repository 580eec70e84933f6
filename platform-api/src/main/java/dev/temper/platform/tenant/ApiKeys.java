package dev.temper.platform.tenant;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The keys of the tenant in scope: everybody their own, admins all of them. How one is used is in {@link KeySignIn}. */
@Service
@Transactional
public class ApiKeys {
    /** What every key begins with, so that a leaked one is recognised. */
    public static final String PREFIX = "tmp_";

    private static final int SHOWN = PREFIX.length() + 8;
    private static final UUID LAST = new UUID(-1, -1);

    private final ApiKeyRepository keys;
    private final UserRepository users;
    private final Audit audit;
    private final Clock clock;

    ApiKeys(ApiKeyRepository keys, UserRepository users, Audit audit, Clock clock) {
        this.keys = keys;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<ApiKeyView> list(PageQuery page) {
        Caller caller = caller();
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        Limit limit = Limit.of(page.fetch());
        List<ApiKey> rows = caller.may(Permission.MANAGE_TENANT)
                ? keys.before(before, limit)
                : keys.ofUserBefore(caller.requirePerson(), before, limit);
        Instant now = clock.instant();
        return page.slice(rows.stream().map(key -> key.view(now)).toList(), key -> Keyset.of(key.id()));
    }

    @Transactional(readOnly = true)
    public ApiKeyView get(UUID id) {
        return find(id).view(clock.instant());
    }

    /**
     * Makes a key that acts for the caller. Its secret is in the answer and nowhere else.
     *
     * @param expiresAt when it stops working; null for never
     */
    public IssuedApiKey create(String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        return issue(changer().requirePerson(), name, scopes, expiresAt);
    }

    /** The same for somebody else; only the platform itself does that, at its first start. */
    public IssuedApiKey createFor(UUID userId, String name, Set<Scope> scopes) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return issue(userId, name, scopes, null);
    }

    /** The key stops working with the next request. */
    public ApiKeyView revoke(UUID id) {
        changer();
        return revoke(find(id));
    }

    void revokeAllOf(UUID userId) {
        keys.unrevokedOf(userId).forEach(this::revoke);
    }

    private ApiKeyView revoke(ApiKey key) {
        Instant now = clock.instant();
        ApiKeyView before = key.view(now);
        if (key.revoked()) {
            return before;
        }
        key.revoke(now);
        ApiKeyView after = keys.saveAndFlush(key).view(now);
        audit.record(AuditAction.API_KEY_REVOKED, target(after), before, after);
        return after;
    }

    private IssuedApiKey issue(UUID userId, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        Instant now = clock.instant();
        if (scopes.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/scopes");
        }
        for (Scope scope : scopes) {
            if (!scope.within(Caller.current().permissions())) {
                throw ErrorCode.API_KEY_SCOPE_ABOVE_ROLE.at("/scopes").with("scope", scope.name());
            }
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("/expiresAt").with("min", now).with("max", "∞");
        }
        String secret = PREFIX + Token.make();
        var key = new ApiKey(
                Ids.next(),
                users.findById(userId).orElseThrow(ErrorCode.NOT_FOUND::problem),
                Input.name("/name", name),
                secret.substring(0, SHOWN),
                Token.hash(secret),
                scopes,
                now,
                expiresAt);
        ApiKeyView view = keys.saveAndFlush(key).view(now);
        audit.record(AuditAction.API_KEY_CREATED, target(view), null, view);
        return new IssuedApiKey(view, secret);
    }

    /** A key that the caller may see: their own, or any for an admin; another's is not there. */
    private ApiKey find(UUID id) {
        Caller caller = caller();
        return keys.byId(id)
                .filter(key ->
                        caller.may(Permission.MANAGE_TENANT) || caller.person().equals(Optional.of(key.userId())))
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static Caller caller() {
        Caller.current().require(Permission.READ);
        return Caller.current();
    }

    /** A key makes and ends keys only if it is one for administering: reading must not lead to more. */
    private static Caller changer() {
        Caller caller = caller();
        if (caller.actor().kind() == Actor.Kind.API_KEY) {
            caller.require(Permission.MANAGE_TENANT);
        }
        return caller;
    }

    private static AuditTarget target(ApiKeyView key) {
        return AuditTarget.of("api_key", key.id(), key.prefix());
    }
}
