package dev.temper.platform.dataset;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Use;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Taking versions and datasets away, but never what something needs. Their content goes when nothing else holds it. */
@Service
@Transactional
public class Deletions {
    private final Datasets datasets;
    private final Versions versions;
    private final ObjectProvider<VersionUses> others;
    private final JdbcClient jdbc;
    private final Audit audit;

    Deletions(Datasets datasets, Versions versions, ObjectProvider<VersionUses> others, JdbcClient jdbc, Audit audit) {
        this.datasets = datasets;
        this.versions = versions;
        this.others = others;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** What a version is needed for: its tags, and what other features say. Versions made from it do not need it. */
    @Transactional(readOnly = true)
    public List<Use> uses(UUID version) {
        VersionView looked = datasets.version(version);
        Stream<Use> tags = looked.tags().stream().map(tag -> new Use("tag", tag));
        return Stream.concat(tags, elsewhere(version)).toList();
    }

    /** Takes the rows of a version away; its number stays taken, and its children say what they were made from. */
    public void version(UUID id) {
        Caller.current().require(Permission.WRITE);
        VersionView gone = datasets.version(id);
        versions.lock(gone.dataset());
        Use.refuse(uses(id), ErrorCode.DATASET_VERSION_IN_USE, "version", "v" + gone.number());
        versions.delete(id);
        audit.record(
                AuditAction.DATASET_VERSION_DELETED,
                AuditTarget.of(
                        "dataset_version", id, datasets.get(gone.dataset()).name() + " v" + gone.number()),
                gone,
                null);
    }

    /** Takes a dataset away with all of its versions and tags. */
    public void dataset(UUID id, IfMatch expected) {
        Caller.current().require(Permission.WRITE);
        DatasetView gone = datasets.get(id);
        versions.lock(id);
        List<UUID> inside = jdbc.sql("select id from dataset_versions where dataset_id = ? and deleted_at is null")
                .param(id)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
        Use.refuse(
                inside.stream().flatMap(this::elsewhere).distinct().toList(),
                ErrorCode.DATASET_IN_USE,
                "dataset",
                gone.name());
        datasets.delete(id, expected);
    }

    private Stream<Use> elsewhere(UUID version) {
        return others.stream().flatMap(one -> one.of(version).stream());
    }
}
