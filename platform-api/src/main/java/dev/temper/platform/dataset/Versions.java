package dev.temper.platform.dataset;

import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.TenantScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** How versions are kept: a row here, and its rows in a blob. */
@Component
class Versions {
    static final String OWNER = "dataset-version";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COLUMNS = """
            select v.id, v.dataset_id, v.number, v.parent_id, v.rows_hash, v.file_hash, v.file_size, v.row_count,
                   v.statistics::text, v.recipe::text, v.steps::text, v.note, u.email, v.created_at, v.changes::text,
                   array(select t.name from dataset_version_tags t where t.version_id = v.id order by t.name)
            from dataset_versions v left join users u on u.id = v.created_by
            """;

    private final JdbcClient jdbc;
    private final Blobs blobs;
    private final DuckDb duckDb;
    private final Clock clock;

    Versions(JdbcClient jdbc, Blobs blobs, DuckDb duckDb, Clock clock) {
        this.jdbc = jdbc;
        this.blobs = blobs;
        this.duckDb = duckDb;
        this.clock = clock;
    }

    /**
     * A version that is written but not yet anybody's.
     *
     * @param file the blob with the rows
     */
    record Finished(String rowsHash, Blob file, VersionStatistics statistics) {}

    /**
     * Where a version comes from.
     *
     * @param changes against the parent, as JSON; null where its rows are not the parent's
     */
    record Origin(
            UUID dataset,
            @Nullable UUID parent,
            @Nullable String mapping,
            @Nullable String recipe,
            String steps,
            String note,
            @Nullable String changes) {
        Origin(
                UUID dataset,
                @Nullable UUID parent,
                @Nullable String mapping,
                @Nullable String recipe,
                String steps,
                String note) {
            this(dataset, parent, mapping, recipe, steps, note, null);
        }
    }

    /** Begins to write one. */
    VersionWriter write() {
        return VersionWriter.in(blobs.folder().resolve("staging"), duckDb);
    }

    /** Begins to write one out of another. */
    VersionRewrite rewrite(VersionFile parent) {
        return VersionRewrite.in(blobs.folder().resolve("staging"), duckDb, parent);
    }

    /** Stores what was written; outside of a transaction, because it takes its time. */
    Finished finish(VersionWriter writer) {
        return finish(writer.finish());
    }

    /** The same for what lies there already. */
    Finished finish(VersionWriter.Written written) {
        Blob file = blobs.store(out -> Files.copy(written.parquet(), out));
        return new Finished(written.hash(), file, new VersionFile(duckDb, blobs.file(file.hash())).statistics());
    }

    /** Makes it the newest of its dataset. */
    @Transactional(propagation = Propagation.MANDATORY)
    public VersionView add(Finished finished, Origin origin) {
        UUID id = Ids.next();
        // The dataset's row is locked, so that numbers follow one another.
        jdbc.sql("update datasets set changed_at = ?, version = version + 1 where id = ?")
                .params(Timestamp.from(clock.instant()), origin.dataset())
                .update();
        jdbc.sql("""
                insert into dataset_versions (id, tenant_id, dataset_id, number, parent_id, rows_hash, file_hash, file_size,
                                              row_count, statistics, mapping, recipe, steps, note, changes, created_by,
                                              created_at)
                select ?, ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?::jsonb, ?, ?
                from dataset_versions where dataset_id = ?
                """)
                .params(Arrays.asList(
                        id,
                        TenantScope.require(),
                        origin.dataset(),
                        origin.parent(),
                        finished.rowsHash(),
                        finished.file().hash(),
                        finished.file().size(),
                        finished.statistics().rows(),
                        JSON.writeValueAsString(finished.statistics()),
                        origin.mapping(),
                        origin.recipe(),
                        origin.steps(),
                        origin.note(),
                        origin.changes(),
                        Caller.current().userId(),
                        Timestamp.from(clock.instant()),
                        origin.dataset()))
                .update();
        blobs.hold(finished.file().hash(), owner(id));
        return find(id).orElseThrow();
    }

    Optional<VersionView> find(UUID id) {
        return jdbc.sql(COLUMNS + "where v.id = ? and v.deleted_at is null")
                .param(id)
                .query(Versions::view)
                .optional();
    }

    Optional<VersionView> find(UUID dataset, int number) {
        return jdbc.sql(COLUMNS + "where v.dataset_id = ? and v.number = ? and v.deleted_at is null")
                .params(dataset, number)
                .query(Versions::view)
                .optional();
    }

    Optional<VersionView> newest(UUID dataset) {
        return ofDataset(dataset, Integer.MAX_VALUE, 1).stream().findFirst();
    }

    /** The newest version that was made from this one. */
    Optional<VersionView> childOf(UUID id) {
        return jdbc.sql(COLUMNS + "where v.parent_id = ? and v.deleted_at is null order by v.number desc limit 1")
                .param(id)
                .query(Versions::view)
                .optional();
    }

    /** Holds back everybody else who would add a version, until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(UUID dataset) {
        boolean there = jdbc.sql("select id from datasets where id = ? for update")
                .param(dataset)
                .query((row, _) -> row.getObject(1, UUID.class))
                .optional()
                .isPresent();
        if (!there) {
            throw ErrorCode.NOT_FOUND.problem();
        }
    }

    /** Newest first. */
    List<VersionView> ofDataset(UUID dataset, int before, int limit) {
        return jdbc.sql(COLUMNS + """
                        where v.dataset_id = ? and v.number < ? and v.deleted_at is null order by v.number desc limit ?
                        """)
                .params(dataset, before, limit)
                .query(Versions::view)
                .list();
    }

    VersionFile file(UUID id) {
        return new VersionFile(duckDb, path(id));
    }

    /** The file it lies in. */
    Path path(UUID id) {
        return blobs.file(fileHash(id));
    }

    /** Of the blob with the rows. */
    String fileHash(UUID id) {
        return jdbc.sql("select file_hash from dataset_versions where id = ?")
                .param(id)
                .query((row, _) -> row.getString(1))
                .single();
    }

    /** Lets its content go, and keeps its name for those that were made from it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void delete(UUID id) {
        blobs.release(owner(id));
        jdbc.sql("update dataset_versions set deleted_at = ?, deleted_by = ? where id = ?")
                .params(Arrays.asList(
                        Timestamp.from(clock.instant()), Caller.current().userId(), id))
                .update();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void deleteOf(UUID dataset) {
        jdbc.sql("select id from dataset_versions where dataset_id = ?")
                .param(dataset)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list()
                .forEach(id -> blobs.release(owner(id)));
        jdbc.sql("delete from dataset_version_tags where dataset_id = ?")
                .param(dataset)
                .update();
        jdbc.sql("update dataset_versions set parent_id = null where dataset_id = ?")
                .param(dataset)
                .update();
        jdbc.sql("delete from dataset_versions where dataset_id = ?")
                .param(dataset)
                .update();
    }

    private static BlobOwner owner(UUID version) {
        return new BlobOwner(OWNER, version);
    }

    private static VersionView view(ResultSet row, int index) throws SQLException {
        return new VersionView(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getInt(3),
                row.getObject(4, UUID.class),
                row.getString(5),
                row.getLong(7),
                row.getLong(8),
                JSON.readValue(row.getString(9), VersionStatistics.class),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getTimestamp(14).toInstant(),
                row.getString(15),
                List.of((String[]) row.getArray(16).getArray()));
    }
}
