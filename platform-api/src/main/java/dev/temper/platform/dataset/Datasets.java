package dev.temper.platform.dataset;

import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.write.ExportFormat;
import dev.temper.data.write.RowWriter;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.tenant.TenantNumbers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The datasets of the tenant in scope and what is in them. How they come from files is in {@link Imports}. */
@Service
public class Datasets {
    private static final UUID LAST = new UUID(-1, -1);
    private static final Row UNSEEN = Row.text(Place.of("", 0), ""); // a cursor holds where a row stood, not the row
    private static final String COLUMNS = """
            select d.id, d.number, d.name, d.description, d.tags, u.email, d.created_at, d.changed_at, d.version,
                   v.id, v.number, v.row_count, (v.statistics ->> 'characters')::bigint, d.archived_at
            from datasets d
            left join users u on u.id = d.created_by
            left join lateral (select * from dataset_versions v
                               where v.dataset_id = d.id and v.deleted_at is null order by number desc limit 1) v
                on true
            """;

    private final DatasetRepository datasets;
    private final Versions versions;
    private final Blobs blobs;
    private final DuckDb duckDb;
    private final TenantNumbers numbers;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;

    Datasets(
            DatasetRepository datasets,
            Versions versions,
            Blobs blobs,
            DuckDb duckDb,
            TenantNumbers numbers,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Audit audit,
            Clock clock) {
        this.datasets = datasets;
        this.versions = versions;
        this.blobs = blobs;
        this.duckDb = duckDb;
        this.numbers = numbers;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.audit = audit;
        this.clock = clock;
    }

    /** Those in use, newest first. */
    @Transactional(readOnly = true)
    public Page<DatasetView> list(PageQuery page, @Nullable String text) {
        return list(page, text, false);
    }

    /**
     * Newest first.
     *
     * @param text what the name or a tag holds; null for all
     * @param archived whether those that are put away are wanted, and no others
     */
    @Transactional(readOnly = true)
    public Page<DatasetView> list(PageQuery page, @Nullable String text, boolean archived) {
        Caller.current().require(Permission.READ);
        List<DatasetView> rows = jdbc.sql(COLUMNS + """
                        where d.id < ? and (d.archived_at is not null) = ? and (?::text is null or d.name ilike ? or exists (
                            select from unnest(d.tags) tag where tag ilike ?))
                        order by d.id desc limit ?
                        """)
                .params(Arrays.asList(
                        page.after().map(key -> key.uuid(0)).orElse(LAST),
                        archived,
                        text,
                        holding(text),
                        holding(text),
                        page.fetch()))
                .query(Datasets::view)
                .list();
        return page.slice(rows, dataset -> Keyset.of(dataset.id()));
    }

    @Transactional(readOnly = true)
    public DatasetView get(UUID id) {
        Caller.current().require(Permission.READ);
        return find(id);
    }

    /** By the number in its address. */
    @Transactional(readOnly = true)
    public DatasetView byNumber(long number) {
        Caller.current().require(Permission.READ);
        return jdbc.sql(COLUMNS + "where d.number = ?")
                .param(number)
                .query(Datasets::view)
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** One without any rows yet. */
    @Transactional
    public DatasetView create(String name) {
        Caller.current().require(Permission.WRITE);
        Dataset dataset = new Dataset(
                Ids.next(),
                numbers.next("datasets"),
                DatasetInput.name("/name", name),
                Caller.current().userId(),
                clock.instant());
        datasets.saveAndFlush(dataset);
        DatasetView view = find(dataset.id());
        audit.record(AuditAction.DATASET_CREATED, target(view), null, view);
        return view;
    }

    @Transactional
    public DatasetView change(UUID id, DatasetChange change, IfMatch version) {
        Caller.current().require(Permission.WRITE);
        Dataset dataset = datasets.findById(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
        version.check(dataset.version());
        DatasetView before = find(id);
        dataset.change(change, clock.instant());
        datasets.saveAndFlush(dataset);
        DatasetView after = find(id);
        audit.record(AuditAction.DATASET_CHANGED, target(after), before, after);
        return after;
    }

    /** Counts as a change of the dataset, for what belongs to it without lying in it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void touch(UUID id, IfMatch expected) {
        Dataset dataset = datasets.findById(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
        expected.check(dataset.version());
        dataset.touch(clock.instant());
        datasets.saveAndFlush(dataset);
    }

    /** Refuses where the dataset is put away. */
    @Transactional(readOnly = true)
    public DatasetView writable(UUID id) {
        DatasetView dataset = get(id);
        if (dataset.archivedAt() != null) {
            throw ErrorCode.DATASET_ARCHIVED.with("name", dataset.name());
        }
        return dataset;
    }

    /** With all of its versions; an import that is under way finds nothing to add to. See {@link Deletions}. */
    @Transactional
    void delete(UUID id, IfMatch version) {
        Caller.current().require(Permission.WRITE);
        DatasetView gone = find(id);
        version.check(gone.version());
        jdbc.sql("select id from dataset_imports where dataset_id = ?")
                .param(id)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list()
                .forEach(one -> blobs.release(new BlobOwner(Imports.OWNER, one)));
        jdbc.sql("delete from dataset_repairs where import_id in (select id from dataset_imports where dataset_id = ?)")
                .param(id)
                .update();
        jdbc.sql("delete from dataset_imports where dataset_id = ?").param(id).update();
        versions.deleteOf(id);
        jdbc.sql("delete from datasets where id = ?").param(id).update();
        audit.record(AuditAction.DATASET_DELETED, target(gone), gone, null);
    }

    /** Takes a dataset away that was made for an import which came to nothing; one that has rows or awaits some stays. */
    @Transactional(propagation = Propagation.MANDATORY)
    void forsake(UUID id) {
        // Locked, so that no other import of it begins meanwhile.
        jdbc.sql("select from datasets where id = ? for update")
                .param(id)
                .query()
                .listOfRows();
        boolean empty = jdbc.sql("""
                        select exists (select from dataset_imports where dataset_id = ? and new_dataset)
                           and not exists (select from dataset_versions where dataset_id = ?)
                           and not exists (select from dataset_imports
                                           where dataset_id = ? and state in ('QUEUED', 'RUNNING', 'MAPPING_NEEDED'))
                        """).params(id, id, id).query(Boolean.class).single();
        if (empty) {
            DatasetView gone = find(id);
            jdbc.sql("update dataset_imports set dataset_id = null where dataset_id = ?")
                    .param(id)
                    .update();
            jdbc.sql("delete from datasets where id = ?").param(id).update();
            audit.record(AuditAction.DATASET_DELETED, target(gone), gone, null);
        }
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<VersionView> versions(UUID dataset, PageQuery page) {
        Caller.current().require(Permission.READ);
        find(dataset);
        int before = page.after().map(key -> (int) key.number(0)).orElse(Integer.MAX_VALUE);
        return page.slice(versions.ofDataset(dataset, before, page.fetch()), version -> Keyset.of(version.number()));
    }

    @Transactional(readOnly = true)
    public VersionView version(UUID id) {
        Caller.current().require(Permission.READ);
        return versions.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** By the number in its address; null for the newest. */
    @Transactional(readOnly = true)
    public Optional<VersionView> version(UUID dataset, @Nullable Integer number) {
        Caller.current().require(Permission.READ);
        return number == null ? versions.newest(dataset) : versions.find(dataset, number);
    }

    /** One that may have been deleted meanwhile. */
    @Transactional(readOnly = true)
    public Optional<VersionView> versionIfThere(UUID id) {
        Caller.current().require(Permission.READ);
        return versions.find(id);
    }

    /** Rows of a version. */
    @Transactional(readOnly = true)
    public Page<NumberedRow> rows(UUID version, RowQuery query, PageQuery page) {
        version(version);
        VersionFile file = versions.file(version);
        NumberedRow after = page.after()
                .map(key -> new NumberedRow(key.number(0), key.number(1), UNSEEN))
                .orElse(null);
        return page.slice(file.page(query, after, page.fetch()), row -> Keyset.of(row.number(), row.characters()));
    }

    /** One row. */
    @Transactional(readOnly = true)
    public NumberedRow row(UUID version, long number) {
        version(version);
        return versions.file(version).row(number).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** Rows in order from one on. */
    @Transactional(readOnly = true)
    public List<NumberedRow> from(UUID version, long number, int limit) {
        version(version);
        return versions.file(version).page(new RowQuery(null, null, number, RowOrder.NUMBER), null, limit);
    }

    /** The rows of some numbers, in order. */
    @Transactional(readOnly = true)
    public List<NumberedRow> numbered(UUID version, List<Long> numbers) {
        version(version);
        return versions.file(version).rows(numbers);
    }

    /** The first rows of a version, and no more than so many. */
    @Transactional(readOnly = true)
    public List<Row> firstRows(UUID version, int most) {
        version(version);
        return versions.file(version).rows(1, most);
    }

    /** How many rows of a version a query finds. */
    @Transactional(readOnly = true)
    public long count(UUID version, RowQuery query) {
        version(version);
        return versions.file(version).count(query);
    }

    /** Every row of a version in order, one at a time: for exporting and for training. */
    public void eachRow(UUID version, Consumer<Row> reader) {
        VersionFile file = transaction.execute(_ -> {
            version(version);
            return versions.file(version);
        });
        Optional.ofNullable(file).orElseThrow().each(reader);
    }

    /** Writes every row of a version as a file, and closes what it is written to. */
    public void write(UUID version, ExportFormat format, OutputStream out) throws IOException {
        try (RowWriter writer = RowWriter.open(format, out)) {
            eachRow(version, row -> {
                try {
                    writer.write(row);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** The file a version lies in. */
    Path parquet(UUID version) {
        return Optional.ofNullable(transaction.execute(_ -> {
                    version(version);
                    return versions.path(version);
                }))
                .orElseThrow();
    }

    /**
     * What a version changed against another.
     *
     * @param against null for the version it was made from; one that came from a file has changed nothing
     * @param kind only changes of this kind; null for all
     */
    @Transactional(readOnly = true)
    public VersionDiff diff(UUID version, @Nullable UUID against, VersionDiff.@Nullable Kind kind, PageQuery page) {
        UUID parent = version(version).parent();
        UUID other = against != null ? against : parent != null ? parent : version;
        version(other);
        Comparison comparison = new Comparison(duckDb, versions.file(other), versions.file(version));
        Comparison.Pair last = page.after()
                .map(key -> new Comparison.Pair(key.number(0), key.number(1)))
                .orElse(Comparison.Pair.NONE);
        Page<Comparison.Pair> pairs =
                page.slice(comparison.pairs(kind, last, page.fetch()), pair -> Keyset.of(pair.before(), pair.after()));
        return comparison.counts().showing(comparison.changes(pairs.items()), pairs.next());
    }

    VersionView add(Versions.Finished finished, Versions.Origin origin) {
        DatasetView dataset = find(origin.dataset());
        VersionView version = versions.add(finished, origin);
        audit.record(
                AuditAction.DATASET_VERSION_CREATED,
                AuditTarget.of("dataset_version", version.id(), dataset.name() + " v" + version.number()),
                null,
                version);
        return version;
    }

    private DatasetView find(UUID id) {
        return jdbc.sql(COLUMNS + "where d.id = ?")
                .param(id)
                .query(Datasets::view)
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static AuditTarget target(DatasetView dataset) {
        return AuditTarget.of("dataset", dataset.id(), dataset.name());
    }

    private static @Nullable String holding(@Nullable String text) {
        return text == null
                ? null
                : "%" + text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static DatasetView view(ResultSet row, int index) throws SQLException {
        Array tags = row.getArray(5);
        UUID latest = row.getObject(10, UUID.class);
        Timestamp archived = row.getTimestamp(14);
        return new DatasetView(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                List.of((String[]) tags.getArray()),
                latest == null
                        ? null
                        : new DatasetView.Latest(latest, row.getInt(11), row.getLong(12), row.getLong(13)),
                row.getString(6),
                row.getTimestamp(7).toInstant(),
                row.getTimestamp(8).toInstant(),
                row.getLong(9),
                archived == null ? null : archived.toInstant());
    }
}
