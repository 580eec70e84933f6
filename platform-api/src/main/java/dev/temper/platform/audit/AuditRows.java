package dev.temper.platform.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the log; the index on (tenant_id, seq) serves every list, newest first, and every check, oldest first. */
@Repository
class AuditRows {
    private static final String COLUMNS = """
            select id, tenant_id, seq, at, actor_kind, actor_id, actor_name, action, target_type, target_id, target_name,
                   request_id, address, before::text as before, after::text as after,
                   encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
            from audit_events
            """;
    private static final int FETCH = 500;

    private final JdbcClient jdbc;

    AuditRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<AuditEvent> page(@Nullable UUID tenant, AuditFilter filter, long before, int limit) {
        var condition = filter.condition();
        return chain(
                        COLUMNS + "where " + of(tenant) + " and seq < :before and " + condition.sql()
                                + " order by seq desc limit :limit",
                        tenant)
                .params(condition.parameters())
                .param("before", before)
                .param("limit", limit)
                .query(AuditRows::event)
                .list();
    }

    Optional<AuditEvent> find(@Nullable UUID tenant, UUID id) {
        return chain(COLUMNS + "where " + of(tenant) + " and id = :id", tenant)
                .param("id", id)
                .query(AuditRows::event)
                .optional();
    }

    /** Newest first; to be read within a transaction and closed. */
    Stream<AuditEvent> stream(@Nullable UUID tenant, AuditFilter filter) {
        var condition = filter.condition();
        return chain(COLUMNS + "where " + of(tenant) + " and " + condition.sql() + " order by seq desc", tenant)
                .params(condition.parameters())
                .query(AuditRows::event)
                .stream();
    }

    /** The whole chain, oldest first; to be read within a transaction and closed. */
    Stream<AuditEvent> chain(@Nullable UUID tenant) {
        return chain(COLUMNS + "where " + of(tenant) + " order by seq, id", tenant).query(AuditRows::event).stream();
    }

    ChainCheck.End end(@Nullable UUID tenant) {
        return jdbc.sql("select length, encode(last_hash, 'hex') as hash from audit_chains where chain = :chain")
                .param("chain", Objects.requireNonNullElse(tenant, AuditVerification.PLATFORM))
                .query((row, _) -> new ChainCheck.End(row.getLong("length"), row.getString("hash")))
                .optional()
                .orElse(ChainCheck.End.NONE);
    }

    /** Every chain there is or should be: the platform's, those that have rows, and every tenant's. */
    List<UUID> chains() {
        return jdbc.sql("select chain from audit_chains union select id from tenants union select :platform order by 1")
                .param("platform", AuditVerification.PLATFORM)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    private JdbcClient.StatementSpec chain(String sql, @Nullable UUID tenant) {
        var statement = jdbc.sql(sql).withFetchSize(FETCH);
        return tenant == null ? statement : statement.param("tenant", tenant);
    }

    private static String of(@Nullable UUID tenant) {
        return tenant == null ? "tenant_id is null" : "tenant_id = :tenant";
    }

    private static AuditEvent event(ResultSet row, int number) throws SQLException {
        return new AuditEvent(
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor_kind"),
                row.getObject("actor_id", UUID.class),
                row.getString("actor_name"),
                row.getString("action"),
                row.getString("target_type"),
                row.getString("target_id"),
                row.getString("target_name"),
                row.getString("request_id"),
                row.getString("address"),
                row.getString("before"),
                row.getString("after"),
                row.getString("previous_hash"),
                row.getString("hash"));
    }
}
