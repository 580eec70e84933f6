package dev.temper.platform.dataset;

import dev.temper.platform.common.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How imports are kept. A state is only entered from one that allows it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ImportTable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COLUMNS = """
            select i.id, i.dataset_id, i.file_name, i.file_size, i.state, i.proposal::text, i.mapping::text,
                   i.recipe::text, i.rows_in, i.rows_added, i.rows_kept, i.rows_left_out, i.reasons::text, i.progress,
                   i.steps::text, i.version_id, i.failure::text, u.email, i.created_at, i.started_at, i.finished_at,
                   i.sources::text
            from dataset_imports i left join users u on u.id = i.created_by
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    ImportTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How far a run is. */
    record Progress(
            long in, long added, long kept, long leftOut, Map<String, Long> reasons, double part, String steps) {}

    /**
     * What an import works on.
     *
     * @param sources the versions it takes rows from; none where it is a file
     */
    record Source(
            String fileName,
            String fileHash,
            @Nullable String mapping,
            String recipe,
            List<MixSource> sources) {}

    public void insert(
            UUID id,
            UUID dataset,
            String fileName,
            String hash,
            long size,
            @Nullable String mapping,
            String recipe,
            @Nullable String sources,
            @Nullable UUID by) {
        jdbc.sql("""
                insert into dataset_imports (id, tenant_id, dataset_id, file_name, file_hash, file_size, state, mapping,
                                             recipe, sources, created_by, created_at)
                values (?, ?, ?, ?, ?, ?, 'QUEUED', ?::jsonb, ?::jsonb, ?::jsonb, ?, ?)
                """)
                .params(Arrays.asList(
                        id, TenantScope.require(), dataset, fileName, hash, size, mapping, recipe, sources, by, now()))
                .update();
    }

    public Optional<ImportView> find(UUID id) {
        return jdbc.sql(COLUMNS + "where i.id = ?")
                .param(id)
                .query(ImportTable::view)
                .optional();
    }

    /** Newest first. */
    public List<ImportView> before(UUID id, @Nullable UUID dataset, int limit) {
        return jdbc.sql(COLUMNS + """
                        where i.id < ? and (?::uuid is null or i.dataset_id = ?) order by i.id desc limit ?
                        """)
                .params(Arrays.asList(id, dataset, dataset, limit))
                .query(ImportTable::view)
                .list();
    }

    public Source source(UUID id) {
        return jdbc.sql("""
                        select file_name, file_hash, mapping::text, recipe::text, coalesce(sources::text, '[]')
                        from dataset_imports where id = ?
                        """)
                .param(id)
                .query((row, _) -> new Source(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        MixSource.read(row.getString(5))))
                .single();
    }

    /** How a file was mapped before. */
    record Earlier(String mapping, String fileName) {}

    /** How people last mapped a file with these columns: with a recipe that is kept, or in an import that ended well. */
    public Optional<Earlier> earlier(List<String> columns) {
        String json = JSON.writeValueAsString(columns);
        // The index is on the hash of the columns; JSON is compared behind it.
        return jdbc.sql("""
                        select mapping, name from (
                            select v.mapping::text as mapping, r.name, r.changed_at as at
                            from recipes r join recipe_versions v on v.recipe_id = r.id and v.number = r.latest
                            where v.columns = ? and v.mapping is not null
                            union all
                            (select i.mapping::text, i.file_name, i.created_at from dataset_imports i
                             where md5((i.proposal -> 'columns')::text) = md5((?::jsonb)::text)
                               and i.proposal -> 'columns' = ?::jsonb and i.mapping is not null and i.state = 'SUCCEEDED'
                             order by i.id desc limit 1)
                        ) known order by at desc limit 1
                        """)
                .params(columns.toArray(String[]::new), json, json)
                .query((row, _) -> new Earlier(row.getString(1), row.getString(2)))
                .optional();
    }

    public Optional<String> report(UUID id) {
        return jdbc.sql("select report_hash from dataset_imports where id = ?")
                .param(id)
                .query((row, _) -> Optional.ofNullable(row.getString(1)))
                .single();
    }

    /** Imports of the tenant that are under way, besides this one. */
    public int othersRunning(UUID id) {
        // One asks at a time in a tenant, or two could both take the last place.
        jdbc.sql("select pg_advisory_xact_lock(hashtext('temper imports'), hashtext(?))")
                .param(TenantScope.require().toString())
                .query(row -> {});
        return jdbc.sql("select count(*) from dataset_imports where state = 'RUNNING' and id <> ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /**
     * Enters a state.
     *
     * @return whether the import was in a state that allows it; one that is in it already may begin again
     */
    public boolean enter(UUID id, ImportState state) {
        List<String> from = Arrays.stream(ImportState.values())
                .filter(before -> before.next().contains(state) || (before == state && state == ImportState.RUNNING))
                .map(ImportState::name)
                .toList();
        return jdbc.sql("""
                        update dataset_imports
                        set state = ?, version = version + 1,
                            started_at = case when ? = 'RUNNING' then ?::timestamptz else started_at end,
                            finished_at = case when ? then ?::timestamptz end
                        where id = ? and state = any (?)
                        """)
                        .params(state.name(), state.name(), now(), state.over(), now(), id, from.toArray(String[]::new))
                        .update()
                == 1;
    }

    /** @return whether it is still running, so that the run should go on */
    public boolean progress(UUID id, Progress progress) {
        return jdbc.sql("""
                        update dataset_imports
                        set rows_in = ?, rows_added = ?, rows_kept = ?, rows_left_out = ?, reasons = ?::jsonb, progress = ?,
                            steps = ?::jsonb
                        where id = ? and state = 'RUNNING'
                        """)
                        .params(
                                progress.in(),
                                progress.added(),
                                progress.kept(),
                                progress.leftOut(),
                                JSON.writeValueAsString(progress.reasons()),
                                progress.part(),
                                progress.steps(),
                                id)
                        .update()
                == 1;
    }

    public void mapping(UUID id, String mapping) {
        jdbc.sql("update dataset_imports set mapping = ?::jsonb where id = ?")
                .params(mapping, id)
                .update();
    }

    public void recipe(UUID id, String recipe) {
        jdbc.sql("update dataset_imports set recipe = ?::jsonb where id = ?")
                .params(recipe, id)
                .update();
    }

    public void proposal(UUID id, String proposal) {
        jdbc.sql("update dataset_imports set proposal = ?::jsonb where id = ?")
                .params(proposal, id)
                .update();
    }

    public void result(UUID id, @Nullable UUID version, @Nullable String report) {
        jdbc.sql("update dataset_imports set version_id = ?, report_hash = ? where id = ?")
                .params(Arrays.asList(version, report, id))
                .update();
    }

    public void failure(UUID id, String failure) {
        jdbc.sql("update dataset_imports set failure = ?::jsonb where id = ?")
                .params(failure, id)
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static ImportView view(ResultSet row, int index) throws SQLException {
        return new ImportView(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getLong(4),
                ImportState.valueOf(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                JSON.readValue(row.getString(13), new TypeReference<LinkedHashMap<String, Long>>() {}),
                row.getDouble(14),
                row.getString(15),
                row.getObject(16, UUID.class),
                row.getString(17),
                row.getString(18),
                row.getTimestamp(19).toInstant(),
                instant(row.getTimestamp(20)),
                instant(row.getTimestamp(21)),
                row.getString(22));
    }

    private static @Nullable Instant instant(@Nullable Timestamp moment) {
        return moment == null ? null : moment.toInstant();
    }
}
