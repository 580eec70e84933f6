package dev.temper.platform.blob;

import dev.temper.platform.common.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The uploads of the tenant in scope and their parts. */
@Repository
class UploadTable {
    private static final String COLUMNS =
            "select id, name, size, part_size, expected, state, hash, created_at, expires_at from uploads ";

    private final JdbcClient jdbc;

    UploadTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(UploadRow upload, UUID begunBy) {
        jdbc.sql("""
                insert into uploads (id, tenant_id, begun_by, name, size, part_size, state, created_at, expires_at, expected)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        upload.id(),
                        TenantScope.require(),
                        begunBy,
                        upload.name(),
                        upload.size(),
                        upload.partSize(),
                        upload.state().name(),
                        Timestamp.from(upload.createdAt()),
                        Timestamp.from(upload.expiresAt()))
                .param(upload.expected())
                .update();
    }

    /** An upload of that person, locked until the transaction ends. */
    Optional<UploadRow> lock(UUID id, UUID begunBy) {
        return jdbc.sql(COLUMNS + "where tenant_id = ? and id = ? and begun_by = ? for update")
                .params(TenantScope.require(), id, begunBy)
                .query(UploadTable::row)
                .optional();
    }

    Optional<UploadRow> find(UUID id, UUID begunBy) {
        return jdbc.sql(COLUMNS + "where tenant_id = ? and id = ? and begun_by = ?")
                .params(TenantScope.require(), id, begunBy)
                .query(UploadTable::row)
                .optional();
    }

    /** Newest first, from before that one on. */
    List<UploadRow> unfinished(UUID begunBy, UUID before, int limit) {
        return jdbc.sql(COLUMNS + """
                        where tenant_id = ? and begun_by = ? and id < ? and state <> 'FINISHED' order by id desc limit ?
                        """)
                .params(TenantScope.require(), begunBy, before, limit)
                .query(UploadTable::row)
                .list();
    }

    List<UploadRow> expired(Instant now) {
        return jdbc.sql(COLUMNS + "where tenant_id = ? and expires_at < ? limit 1000 for update skip locked")
                .params(TenantScope.require(), Timestamp.from(now))
                .query(UploadTable::row)
                .list();
    }

    boolean exists(UUID id) {
        return jdbc.sql("select count(*) from uploads where tenant_id = ? and id = ?")
                        .params(TenantScope.require(), id)
                        .query(Long.class)
                        .single()
                > 0;
    }

    void keep(UUID id, Instant until) {
        jdbc.sql("update uploads set expires_at = ? where tenant_id = ? and id = ?")
                .params(Timestamp.from(until), TenantScope.require(), id)
                .update();
    }

    void move(UUID id, UploadState state, @Nullable String hash) {
        jdbc.sql("update uploads set hash = ?, state = ? where tenant_id = ? and id = ?")
                .param(hash)
                .params(state.name(), TenantScope.require(), id)
                .update();
    }

    void delete(UUID id) {
        jdbc.sql("delete from uploads where tenant_id = ? and id = ?")
                .params(TenantScope.require(), id)
                .update();
    }

    void insertPart(UUID id, int number, String hash) {
        jdbc.sql("insert into upload_parts (tenant_id, upload, number, hash) values (?, ?, ?, ?)")
                .params(TenantScope.require(), id, number, hash)
                .update();
    }

    void deleteParts(UUID id) {
        jdbc.sql("delete from upload_parts where tenant_id = ? and upload = ?")
                .params(TenantScope.require(), id)
                .update();
    }

    /** The hash of a part, if it has come. */
    Optional<String> part(UUID id, int number) {
        return jdbc.sql("select hash from upload_parts where tenant_id = ? and upload = ? and number = ?")
                .params(TenantScope.require(), id, number)
                .query((row, _) -> row.getString(1))
                .optional();
    }

    /** The hashes of the parts that have come, by number and in order. */
    Map<Integer, String> parts(UUID id) {
        Map<Integer, String> parts = new TreeMap<>();
        jdbc.sql("select number, hash from upload_parts where tenant_id = ? and upload = ?")
                .params(TenantScope.require(), id)
                .query(row -> {
                    parts.put(row.getInt(1), row.getString(2));
                });
        return parts;
    }

    private static UploadRow row(ResultSet row, int number) throws SQLException {
        return new UploadRow(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getLong("size"),
                row.getInt("part_size"),
                row.getString("expected"),
                UploadState.valueOf(row.getString("state")),
                row.getString("hash"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }
}
