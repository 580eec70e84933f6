package dev.temper.platform.dataset;

import dev.temper.platform.common.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
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
                   case when i.state = 'QUEUED' then (
                       select count(*)::int from dataset_imports o where o.state = 'QUEUED' and o.id <= i.id) end,
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
     * One run of an import. When its process dies, or only seems to have died, there is a next one with a greater number, and
     * whatever the one before still does counts no more.
     */
    record Attempt(UUID id, long number) {}

    /**
     * What an import works on.
     *
     * @param sources the versions it takes rows from; none where it is a file
     */
    record Source(
            String fileName, String fileHash, @Nullable String mapping, String recipe, List<MixSource> sources) {}

    public void insert(
            UUID id,
            UUID dataset,
            boolean newDataset,
            String fileName,
            String hash,
            long size,
            @Nullable String mapping,
            String recipe,
            @Nullable String sources,
            @Nullable UUID by) {
        jdbc.sql("""
                insert into dataset_imports (id, tenant_id, dataset_id, new_dataset, file_name, file_hash, file_size, state,
                                             mapping, recipe, sources, created_by, created_at)
                values (?, ?, ?, ?, ?, ?, ?, 'QUEUED', ?::jsonb, ?::jsonb, ?::jsonb, ?, ?)
                """)
                .params(Arrays.asList(
                        id,
                        TenantScope.require(),
                        dataset,
                        newDataset,
                        fileName,
                        hash,
                        size,
                        mapping,
                        recipe,
                        sources,
                        by,
                        now()))
                .update();
    }

    public Optional<ImportView> find(UUID id) {
        return jdbc.sql(COLUMNS + "where i.id = ?").param(id).query(this::view).optional();
    }

    /** The import whose file a version's rows came from, by way of the versions it was made from. */
    public Optional<ImportView> behind(UUID version) {
        return jdbc.sql("""
                        with recursive line as (
                            select id, parent_id, 0 as steps from dataset_versions where id = ?
                            union all
                            select p.id, p.parent_id, l.steps + 1 from dataset_versions p join line l on p.id = l.parent_id)
                        """ + COLUMNS + """
                        join line l on l.id = i.version_id order by l.steps, i.id limit 1
                        """).param(version).query(this::view).optional();
    }

    /** Newest first. */
    public List<ImportView> before(UUID id, @Nullable UUID dataset, int limit) {
        return jdbc.sql(COLUMNS + """
                        where i.id < ? and (?::uuid is null or i.dataset_id = ?) order by i.id desc limit ?
                        """)
                .params(Arrays.asList(id, dataset, dataset, limit))
                .query(this::view)
                .list();
    }

    public List<ImportView> underWay(int limit) {
        return jdbc.sql(COLUMNS + """
                        where i.state in ('QUEUED', 'RUNNING', 'MAPPING_NEEDED') order by i.id desc limit ?
                        """).param(limit).query(this::view).list();
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
                            where v.columns = ?::text[] and v.mapping is not null
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

    /** Where it stands, if it is there; that stays, and nobody else of the tenant takes a turn, until the transaction ends. */
    public Optional<ImportState> stateForTurn(UUID id) {
        // One asks at a time in a tenant, or two could both take the last place.
        jdbc.sql("select pg_advisory_xact_lock(hashtext('temper imports'), hashtext(?))")
                .param(TenantScope.require().toString())
                .query(row -> {});
        return jdbc.sql("select state from dataset_imports where id = ? for update")
                .param(id)
                .query((row, _) -> ImportState.valueOf(row.getString(1)))
                .optional();
    }

    /** Imports of the tenant that are under way, and those that have waited longer than this one. */
    public int ahead(UUID id) {
        return jdbc.sql("""
                        select count(*) from dataset_imports
                        where id <> ? and (state = 'RUNNING' or state = 'QUEUED' and id < ?)
                        """).params(id, id).query(Integer.class).single();
    }

    /** Begins to run it, or begins again where a run has died; empty where it is in no state for that. */
    public Optional<Attempt> begin(UUID id) {
        return jdbc.sql("""
                        update dataset_imports
                        set state = 'RUNNING', version = version + 1, started_at = ?, rows_in = 0, rows_added = 0,
                            rows_kept = 0, rows_left_out = 0, reasons = '{}', progress = 0, steps = '[]'
                        where id = ? and state in ('QUEUED', 'RUNNING')
                        returning version
                        """)
                .params(now(), id)
                .query((row, _) -> new Attempt(id, row.getLong(1)))
                .optional();
    }

    /** Whether this run is the one that counts; it stays so until the transaction ends. */
    public boolean holds(Attempt attempt) {
        return !jdbc.sql("select from dataset_imports where id = ? and state = 'RUNNING' and version = ? for update")
                .params(attempt.id(), attempt.number())
                .query()
                .listOfRows()
                .isEmpty();
    }

    /**
     * Enters a state.
     *
     * @return whether the import was in a state that allows it
     */
    public boolean enter(UUID id, ImportState state) {
        List<String> from = Arrays.stream(ImportState.values())
                .filter(before -> before.next().contains(state))
                .map(ImportState::name)
                .toList();
        return jdbc.sql("""
                        update dataset_imports
                        set state = ?, version = version + 1, finished_at = case when ? then ?::timestamptz end
                        where id = ? and state = any (?)
                        """)
                        .params(state.name(), state.over(), now(), id, from.toArray(String[]::new))
                        .update()
                == 1;
    }

    /** @return whether this run still counts, so that it should go on */
    public boolean progress(Attempt attempt, Progress progress) {
        return jdbc.sql("""
                        update dataset_imports
                        set rows_in = ?, rows_added = ?, rows_kept = ?, rows_left_out = ?, reasons = ?::jsonb, progress = ?,
                            steps = ?::jsonb
                        where id = ? and state = 'RUNNING' and version = ?
                        """)
                        .params(
                                progress.in(),
                                progress.added(),
                                progress.kept(),
                                progress.leftOut(),
                                JSON.writeValueAsString(progress.reasons()),
                                progress.part(),
                                progress.steps(),
                                attempt.id(),
                                attempt.number())
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

    public void dataset(UUID id, UUID dataset) {
        jdbc.sql("update dataset_imports set dataset_id = ? where id = ?")
                .params(dataset, id)
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

    private ImportView view(ResultSet row, int index) throws SQLException {
        ImportState state = ImportState.valueOf(row.getString(5));
        Instant started = instant(row.getTimestamp(20));
        ImportPace pace = state == ImportState.RUNNING && started != null
                ? ImportPace.of(row.getLong(9), row.getDouble(14), Duration.between(started, clock.instant()))
                : ImportPace.UNKNOWN;
        return new ImportView(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getLong(4),
                state,
                row.getObject(22, Integer.class),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                JSON.readValue(row.getString(13), new TypeReference<LinkedHashMap<String, Long>>() {}),
                row.getDouble(14),
                pace.rowsPerSecond(),
                pace.secondsLeft(),
                row.getString(15),
                row.getObject(16, UUID.class),
                row.getString(17),
                row.getString(18),
                row.getTimestamp(19).toInstant(),
                started,
                instant(row.getTimestamp(21)),
                row.getString(23));
    }

    private static @Nullable Instant instant(@Nullable Timestamp moment) {
        return moment == null ? null : moment.toInstant();
    }
}
