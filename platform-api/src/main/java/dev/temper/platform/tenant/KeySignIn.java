package dev.temper.platform.tenant;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Finds out whose key a request carries and what it may do now: revoked keys and lost roles count at once. */
@Service
public class KeySignIn {
    private static final Duration LAST_USE_GRAIN = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Clock clock;

    KeySignIn(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A key that is good, and for what. */
    public record Key(
            UUID id, UUID tenantId, String tenantSlug, UUID userId, String prefix, Set<Permission> permissions) {}

    /**
     * Looks the key up.
     *
     * @throws dev.temper.platform.common.Problem if it opens nothing
     */
    public Key present(String secret) {
        if (!secret.startsWith(ApiKeys.PREFIX)) {
            throw ErrorCode.API_KEY_NOT_ACCEPTED.problem();
        }
        Row row = find(Token.hash(secret));
        Instant now = clock.instant();
        if (row.expiresAt() != null && !now.isBefore(row.expiresAt())) {
            throw ErrorCode.API_KEY_EXPIRED.with("at", row.expiresAt());
        }
        return switch (row.tenantStatus()) {
            case CLOSED -> throw ErrorCode.API_KEY_NOT_ACCEPTED.problem();
            case SUSPENDED -> throw ErrorCode.TENANT_SUSPENDED.with("tenant", row.tenantName());
            case ACTIVE -> use(row, now);
        };
    }

    /** Found by its hash before the tenant is known; policy "presented" shows this row to nobody else. */
    private Row find(String hash) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            jdbc.sql("select set_config('temper.presented', ?, true)")
                    .param(hash)
                    .query(String.class)
                    .single();
            return jdbc.sql("""
                            select k.id, k.tenant_id, k.user_id, k.prefix, k.scopes, k.expires_at, k.last_used_at,
                                   t.status, t.slug, t.name
                            from api_keys k
                            join tenants t on t.id = k.tenant_id
                            join users u on u.id = k.user_id
                            where k.key_hash = ? and k.revoked_at is null and not u.disabled
                            """)
                    .param(hash)
                    .query((row, _) -> Row.read(row))
                    .optional()
                    .orElseThrow(ErrorCode.API_KEY_NOT_ACCEPTED::problem);
        }));
    }

    private Key use(Row row, Instant now) {
        return TenantScope.call(
                row.tenantId(),
                () -> Objects.requireNonNull(transactions.execute(_ -> {
                    Role role = jdbc.sql("select role from memberships where user_id = ?")
                            .param(row.userId())
                            .query(Role.class)
                            .optional()
                            .orElseThrow(ErrorCode.API_KEY_NOT_ACCEPTED::problem);
                    if (row.lastUsedAt() == null || now.isAfter(row.lastUsedAt().plus(LAST_USE_GRAIN))) {
                        jdbc.sql("update api_keys set last_used_at = ? where id = ?")
                                .params(now.atOffset(ZoneOffset.UTC), row.id())
                                .update();
                    }
                    return new Key(
                            row.id(),
                            row.tenantId(),
                            row.tenantSlug(),
                            row.userId(),
                            row.prefix(),
                            Scope.permissions(row.scopes(), role.permissions()));
                })));
    }

    private record Row(
            UUID id,
            UUID tenantId,
            UUID userId,
            String prefix,
            Set<Scope> scopes,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            TenantStatus tenantStatus,
            String tenantSlug,
            String tenantName) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getObject("tenant_id", UUID.class),
                    row.getObject("user_id", UUID.class),
                    row.getString("prefix"),
                    scopes(row.getArray("scopes")),
                    instant(row, "expires_at"),
                    instant(row, "last_used_at"),
                    TenantStatus.valueOf(row.getString("status")),
                    row.getString("slug"),
                    row.getString("name"));
        }

        private static Set<Scope> scopes(Array array) throws SQLException {
            return Arrays.stream((String[]) array.getArray())
                    .map(Scope::valueOf)
                    .collect(Collectors.toSet());
        }

        private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
    }
}
