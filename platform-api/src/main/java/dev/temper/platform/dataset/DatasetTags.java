package dev.temper.platform.dataset;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Names that point at versions, each at one: <i>reviewed</i>, <i>in production</i>. A name can be moved. */
@Service
@Transactional
public class DatasetTags {
    private static final int LONGEST = 40;

    private final Datasets datasets;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;

    DatasetTags(Datasets datasets, JdbcClient jdbc, Audit audit, Clock clock) {
        this.datasets = datasets;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A name and what it points at.
     *
     * @param number of the version
     */
    public record Tag(
            String name, UUID version, int number, @Nullable String movedBy, Instant movedAt) {}

    /** Of a dataset, by their names. */
    @Transactional(readOnly = true)
    public List<Tag> of(UUID dataset) {
        datasets.get(dataset);
        return jdbc.sql("""
                        select t.name, t.version_id, v.number, u.email, t.moved_at
                        from dataset_version_tags t
                        join dataset_versions v on v.id = t.version_id
                        left join users u on u.id = t.moved_by
                        where t.dataset_id = ? order by t.name
                        """)
                .param(dataset)
                .query((row, _) -> new Tag(
                        row.getString(1),
                        row.getObject(2, UUID.class),
                        row.getInt(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()))
                .list();
    }

    /** Makes the name, or moves it from the version that it points at. */
    public Tag put(UUID dataset, String name, UUID version, IfMatch expected) {
        Caller.current().require(Permission.WRITE);
        String clean = DatasetInput.text("/name", name, LONGEST);
        if (clean.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/name");
        }
        VersionView target = datasets.version(version);
        if (!target.dataset().equals(dataset)) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        datasets.touch(dataset, expected);
        Optional<Tag> before = find(dataset, clean);
        jdbc.sql("""
                insert into dataset_version_tags (tenant_id, dataset_id, name, version_id, moved_by, moved_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (dataset_id, name) do update
                set version_id = excluded.version_id, moved_by = excluded.moved_by, moved_at = excluded.moved_at
                """)
                .params(Arrays.asList(
                        TenantScope.require(),
                        dataset,
                        clean,
                        version,
                        Caller.current().userId(),
                        Timestamp.from(clock.instant())))
                .update();
        Tag after = find(dataset, clean).orElseThrow();
        audit.record(
                AuditAction.DATASET_TAG_MOVED,
                target(dataset),
                before.map(DatasetTags::told).orElse(null),
                told(after));
        return after;
    }

    public void remove(UUID dataset, String name, IfMatch expected) {
        Caller.current().require(Permission.WRITE);
        datasets.touch(dataset, expected);
        Tag gone = find(dataset, name).orElseThrow(ErrorCode.NOT_FOUND::problem);
        jdbc.sql("delete from dataset_version_tags where dataset_id = ? and name = ?")
                .params(dataset, name)
                .update();
        audit.record(AuditAction.DATASET_TAG_REMOVED, target(dataset), told(gone), null);
    }

    private Optional<Tag> find(UUID dataset, String name) {
        return of(dataset).stream().filter(tag -> tag.name().equals(name)).findFirst();
    }

    private static Map<String, Object> told(Tag tag) {
        return Map.of("tag", tag.name(), "version", "v" + tag.number());
    }

    private AuditTarget target(UUID dataset) {
        return AuditTarget.of("dataset", dataset, datasets.get(dataset).name());
    }
}
