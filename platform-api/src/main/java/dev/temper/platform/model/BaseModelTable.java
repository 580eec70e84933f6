package dev.temper.platform.model;

import dev.temper.contract.link.FileRef;
import dev.temper.model.ModelFacts;
import dev.temper.platform.common.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * How base models are kept. A transaction sees those of its tenant and those that are shared; the shared ones are written
 * by the platform's own work alone.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class BaseModelTable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final RowMapper<FileRef> FILE = new SimplePropertyRowMapper<>(FileRef.class);
    private static final String COLUMNS = """
            select m.id, m.tenant_id, m.name, m.description, m.state, m.source, m.origin::text, m.bytes_total,
                   m.bytes_done, m.failure::text, m.inspection::text, m.chat_template, m.licence, m.licence_url,
                   m.licence_text, m.commercial_use, m.gated, m.licence_version, u.email, m.created_at, m.changed_at,
                   m.version, a.accepted_at, p.email
            from base_models m
                left join users u on u.id = m.created_by
                left join licence_acceptances a on a.model_id = m.id and a.licence_version = m.licence_version
                left join users p on p.id = a.accepted_by
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    BaseModelTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A model as its row has it. */
    record Kept(
            UUID id,
            @Nullable UUID tenant,
            Origin origin,
            @Nullable ModelFacts facts,
            int licenceVersion,
            BaseModelView view) {
        boolean shared() {
            return tenant == null;
        }
    }

    /** A model about to come. */
    record Coming(
            UUID id,
            boolean shared,
            String name,
            String description,
            Origin origin,
            Licence licence,
            @Nullable UUID by) {}

    /**
     * Where a model of that name is, nothing happens.
     *
     * @param token what the hub is to be shown, encrypted
     */
    public boolean insert(Coming model, byte @Nullable [] token) {
        Licence licence = model.licence();
        return jdbc.sql("""
                        insert into base_models (id, tenant_id, name, description, state, source, origin, origin_token,
                            licence, licence_url, licence_text, commercial_use, gated, created_by, created_at, changed_at)
                        values (:id, :tenant, :name, :description, 'IMPORTING', :source, :origin::jsonb, :token,
                            :licence, :url, :text, :use, :gated, :by, :now, :now)
                        on conflict do nothing
                        """)
                        .param("id", model.id())
                        .param("tenant", model.shared() ? null : TenantScope.require(), Types.OTHER)
                        .param("name", model.name())
                        .param("description", model.description())
                        .param("source", source(model.origin()))
                        .param("origin", JSON.writeValueAsString(model.origin()))
                        .param("token", token, Types.BINARY)
                        .param("licence", licence.name())
                        .param("url", licence.url())
                        .param("text", licence.text())
                        .param("use", licence.commercialUse().name())
                        .param("gated", licence.gated())
                        .param("by", model.by(), Types.OTHER)
                        .param("now", now())
                        .update()
                == 1;
    }

    private static String source(Origin origin) {
        return switch (origin) {
            case Origin.Folder _ -> "FOLDER";
            case Origin.Upload _ -> "UPLOAD";
            case Origin.Hub _ -> "HUB";
        };
    }

    public Optional<Kept> find(UUID id) {
        return jdbc.sql(COLUMNS + "where m.id = ?").param(id).query(ROW).optional();
    }

    /** The tenant's own comes before a shared one of the same name. */
    public Optional<Kept> byName(String name) {
        return jdbc.sql(COLUMNS + "where lower(m.name) = lower(?) order by m.tenant_id nulls last limit 1")
                .param(name)
                .query(ROW)
                .optional();
    }

    /** By name. */
    public List<Kept> after(String name, int limit) {
        return jdbc.sql(COLUMNS + "where lower(m.name) > lower(?) order by lower(m.name), m.tenant_id limit ?")
                .params(name, limit)
                .query(ROW)
                .list();
    }

    /** Every model that may be chosen, by name. */
    public List<Kept> ready() {
        return jdbc.sql(COLUMNS
                        + "where m.state = 'READY' and m.inspection is not null order by lower(m.name), m.tenant_id")
                .query(ROW)
                .list();
    }

    public List<FileRef> files(UUID id, Role role) {
        return jdbc.sql("select path, sha256, size from base_model_files where model_id = ? and role = ? order by path")
                .params(id, role.name())
                .query(FILE)
                .list();
    }

    public Optional<String> chatTemplate(UUID id) {
        return jdbc.sql("select chat_template from base_models where id = ? and chat_template is not null")
                .param(id)
                .query(String.class)
                .optional();
    }

    /** Whether any model that the transaction sees refers to a content. */
    public boolean refers(String sha256) {
        return jdbc.sql("select exists (select from base_model_files where sha256 = ?)")
                .param(sha256)
                .query(Boolean.class)
                .single();
    }

    /** What a file is to a model. */
    enum Role {
        /** Runs are given it. */
        MODEL,
        /** The platform reads it; made from a GGUF file, which runs read themselves. */
        TOKENIZER
    }

    public void become(UUID model, Role role, List<FileRef> files) {
        jdbc.sql("delete from base_model_files where model_id = ? and role = ?")
                .params(model, role.name())
                .update();
        for (FileRef file : files) {
            jdbc.sql("""
                    insert into base_model_files (model_id, tenant_id, path, role, sha256, size)
                    select id, tenant_id, :path, :role, :sha256, cast(:size as bigint) from base_models where id = :model
                    """)
                    .param("path", file.path())
                    .param("role", role.name())
                    .param("sha256", file.sha256())
                    .param("size", file.size())
                    .param("model", model)
                    .update();
        }
    }

    /** Begins an import anew; what an earlier run of it still does counts no more. */
    public Optional<Long> begin(UUID id) {
        return jdbc.sql("""
                        update base_models set attempt = attempt + 1, bytes_done = 0, failure = null
                        where id = ? and state = 'IMPORTING' returning attempt
                        """).param(id).query(Long.class).optional();
    }

    /** @return false where the run is not the latest of its import any more */
    public boolean progress(UUID id, long attempt, long total, long done) {
        return jdbc.sql("""
                        update base_models set bytes_total = ?, bytes_done = ?
                        where id = ? and attempt = ? and state = 'IMPORTING'
                        """).params(total, done, id, attempt).update() == 1;
    }

    public void origin(UUID id, Origin origin) {
        jdbc.sql("update base_models set origin = ?::jsonb where id = ?")
                .params(JSON.writeValueAsString(origin), id)
                .update();
    }

    public Optional<byte[]> token(UUID id) {
        return jdbc.sql("select origin_token from base_models where id = ? and origin_token is not null")
                .param(id)
                .query(byte[].class)
                .optional();
    }

    /** A failed or outdated import may be run again. */
    public void again(UUID id, Origin origin) {
        jdbc.sql("""
                update base_models
                set state = 'IMPORTING', origin = ?::jsonb, bytes_total = null, bytes_done = 0, failure = null,
                    changed_at = ?, version = version + 1
                where id = ?
                """).params(JSON.writeValueAsString(origin), now(), id).update();
    }

    public void ready(UUID id, ModelFacts facts, @Nullable String chatTemplate) {
        jdbc.sql("""
                update base_models
                set state = 'READY', inspection = :facts::jsonb, chat_template = :template, origin_token = null, failure = null,
                    bytes_done = coalesce(bytes_total, bytes_done), changed_at = :now,
                    version = version + 1
                where id = :id
                """)
                .param("facts", JSON.writeValueAsString(facts))
                .param("template", chatTemplate, Types.VARCHAR)
                .param("now", now())
                .param("id", id)
                .update();
    }

    public void failed(UUID id, ImportFailure failure) {
        jdbc.sql("""
                update base_models set state = 'FAILED', failure = ?::jsonb, changed_at = ?, version = version + 1
                where id = ?
                """).params(JSON.writeValueAsString(failure), now(), id).update();
    }

    public void enter(UUID id, BaseModelState state) {
        jdbc.sql("update base_models set state = ?, changed_at = ?, version = version + 1 where id = ?")
                .params(state.name(), now(), id)
                .update();
    }

    /** Other words of a licence have not been accepted by anybody yet. */
    public void describe(UUID id, String description, Licence licence) {
        jdbc.sql("""
                update base_models
                set description = ?,
                    licence_version = licence_version
                        + case when (licence, licence_url, licence_text, commercial_use)
                            is distinct from (?, ?, ?, ?) then 1 else 0 end,
                    licence = ?, licence_url = ?, licence_text = ?, commercial_use = ?, gated = ?,
                    changed_at = ?, version = version + 1
                where id = ?
                """)
                .params(
                        description,
                        licence.name(),
                        licence.url(),
                        licence.text(),
                        licence.commercialUse().name(),
                        licence.name(),
                        licence.url(),
                        licence.text(),
                        licence.commercialUse().name(),
                        licence.gated(),
                        now(),
                        id)
                .update();
    }

    public void accept(UUID id, int licenceVersion, UUID by) {
        jdbc.sql("""
                insert into licence_acceptances (tenant_id, model_id, licence_version, accepted_by, accepted_at)
                values (?, ?, ?, ?, ?)
                on conflict (tenant_id, model_id) do update
                set licence_version = excluded.licence_version, accepted_by = excluded.accepted_by,
                    accepted_at = excluded.accepted_at
                """)
                .params(TenantScope.require(), id, licenceVersion, by, now())
                .update();
    }

    public void unaccept(UUID id) {
        jdbc.sql("delete from licence_acceptances where model_id = ?").param(id).update();
    }

    public void delete(UUID id) {
        jdbc.sql("delete from base_models where id = ?").param(id).update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static final RowMapper<Kept> ROW = BaseModelTable::kept;

    private static Kept kept(ResultSet row, int index) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        UUID tenant = row.getObject(2, UUID.class);
        BaseModelState state = BaseModelState.valueOf(row.getString(5));
        Origin origin = JSON.readValue(row.getString(7), Origin.class);
        ModelFacts facts = row.getString(11) == null ? null : JSON.readValue(row.getString(11), ModelFacts.class);
        boolean gated = row.getBoolean(17);
        Timestamp accepted = row.getTimestamp(23);
        BaseModelView view = new BaseModelView(
                id,
                row.getString(3),
                tenant == null,
                row.getString(4),
                state,
                row.getString(6).toLowerCase(Locale.ROOT),
                origin.shown(),
                row.getObject(8, Long.class),
                row.getLong(9),
                row.getString(10) == null ? null : JSON.readValue(row.getString(10), ImportFailure.class),
                facts == null ? null : ModelSummary.of(facts, row.getString(12) != null),
                new Licence(
                        row.getString(13),
                        row.getString(14),
                        row.getString(15),
                        CommercialUse.valueOf(row.getString(16)),
                        gated),
                accepted == null ? null : new BaseModelView.Acceptance(row.getString(24), accepted.toInstant()),
                state == BaseModelState.READY && (!gated || accepted != null),
                row.getString(19),
                row.getTimestamp(20).toInstant(),
                row.getTimestamp(21).toInstant(),
                row.getLong(22));
        return new Kept(id, tenant, origin, facts, row.getInt(18), view);
    }
}
