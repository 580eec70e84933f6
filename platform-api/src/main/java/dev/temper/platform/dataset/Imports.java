package dev.temper.platform.dataset;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Chores;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Bringing files in: each import makes one version of a dataset, and a report of every row it left out. */
@Service
@Transactional
public class Imports {
    static final String OWNER = "dataset-import";

    private static final UUID LAST = new UUID(-1, -1);

    private final ImportTable table;
    private final RepairTable repairs;
    private final Datasets datasets;
    private final Blobs blobs;
    private final DuckDb duckDb;
    private final Chores chores;
    private final CustomTask<ImportTask.Ref> task;
    private final Audit audit;

    Imports(
            ImportTable table,
            RepairTable repairs,
            Datasets datasets,
            Blobs blobs,
            DuckDb duckDb,
            Chores chores,
            CustomTask<ImportTask.Ref> datasetImports,
            Audit audit) {
        this.table = table;
        this.repairs = repairs;
        this.datasets = datasets;
        this.blobs = blobs;
        this.duckDb = duckDb;
        this.chores = chores;
        this.task = datasetImports;
        this.audit = audit;
    }

    /**
     * A file to bring in.
     *
     * @param dataset what it becomes the next version of; null for a new dataset
     * @param name of a new dataset; null for the file's
     * @param file a blob of the tenant
     * @param mapping which columns are what; null to have it recognised
     */
    public record Wanted(
            @Nullable UUID dataset,
            @Nullable String name,
            String fileName,
            Blob file,
            @Nullable Mapping mapping,
            Recipe recipe) {}

    /** Puts a file in line. Its blob must be stored already. */
    public ImportView start(Wanted wanted) {
        Caller caller = Caller.current();
        caller.require(Permission.WRITE);
        String fileName = DatasetInput.fileName("/fileName", wanted.fileName());
        UUID dataset = wanted.dataset() == null
                ? datasets.create(wanted.name() == null ? stem(fileName) : wanted.name())
                        .id()
                : datasets.writable(wanted.dataset()).id();
        UUID id = Ids.next();
        table.insert(
                id,
                dataset,
                wanted.dataset() == null,
                fileName,
                wanted.file().hash(),
                wanted.file().size(),
                wanted.mapping() == null ? null : MappingJson.write(wanted.mapping()),
                RecipeJson.write(wanted.recipe()),
                null,
                caller.userId());
        blobs.hold(wanted.file().hash(), new BlobOwner(OWNER, id));
        ImportView view = find(id);
        audit.record(AuditAction.IMPORT_STARTED, target(view), null, view);
        chores.soon(task, id, new ImportTask.Ref(TenantScope.require(), caller.userId()));
        return view;
    }

    /** Puts the making of a version out of others in line. */
    ImportView prepare(UUID dataset, List<MixSource> sources, Recipe recipe) {
        Caller caller = Caller.current();
        caller.require(Permission.WRITE);
        UUID id = Ids.next();
        table.insert(
                id,
                dataset,
                false,
                name(sources),
                sources.getFirst().hash(),
                0,
                null,
                RecipeJson.write(recipe),
                MixSource.json(sources),
                caller.userId());
        sources.forEach(source -> blobs.hold(source.hash(), new BlobOwner(OWNER, id)));
        ImportView view = find(id);
        audit.record(AuditAction.PREPARATION_STARTED, target(view), null, view);
        chores.soon(task, id, new ImportTask.Ref(TenantScope.require(), caller.userId()));
        return view;
    }

    private static String name(List<MixSource> sources) {
        String all = sources.stream().map(MixSource::name).collect(Collectors.joining(" + "));
        return all.length() <= 255 ? all : all.substring(0, all.offsetByCodePoints(0, 200)) + "…";
    }

    /**
     * Newest first.
     *
     * @param dataset null for all
     */
    @Transactional(readOnly = true)
    public Page<ImportView> list(PageQuery page, @Nullable UUID dataset) {
        Caller.current().require(Permission.READ);
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        return page.slice(table.before(before, dataset, page.fetch()), one -> Keyset.of(one.id()));
    }

    /** What waits, is read, or needs somebody to say what its columns mean; newest first, at most so many. */
    @Transactional(readOnly = true)
    public List<ImportView> underWay(int limit) {
        Caller.current().require(Permission.READ);
        return table.underWay(limit);
    }

    @Transactional(readOnly = true)
    public ImportView get(UUID id) {
        Caller.current().require(Permission.READ);
        return find(id);
    }

    /** The import that a version's rows came from; empty where they came from none. */
    @Transactional(readOnly = true)
    public Optional<ImportView> behind(UUID version) {
        datasets.version(version);
        return table.behind(version);
    }

    /** Stops it; nothing of it stays but that it was. */
    public ImportView cancel(UUID id) {
        Caller.current().require(Permission.WRITE);
        ImportView before = find(id);
        if (!table.enter(id, ImportState.CANCELLED)) {
            throw ErrorCode.IMPORT_OVER.with("state", before.state().name());
        }
        blobs.release(new BlobOwner(OWNER, id));
        if (before.dataset() != null) {
            datasets.forsake(before.dataset());
        }
        ImportView after = find(id);
        audit.record(AuditAction.IMPORT_CANCELLED, target(after), before, after);
        return after;
    }

    /** Says which columns are what, where it was not recognised; the import goes on with the recipe it was given. */
    public ImportView map(UUID id, Mapping mapping) {
        return map(id, mapping, null);
    }

    /**
     * The same with another recipe.
     *
     * @param recipe null for the one it was given
     */
    public ImportView map(UUID id, Mapping mapping, @Nullable Recipe recipe) {
        Caller.current().require(Permission.WRITE);
        ImportView before = find(id);
        if (!table.enter(id, ImportState.QUEUED)) {
            throw ErrorCode.IMPORT_NEEDS_NO_MAPPING.with("state", before.state().name());
        }
        table.mapping(id, MappingJson.write(mapping));
        if (recipe != null) {
            table.recipe(id, RecipeJson.write(recipe));
        }
        ImportView after = find(id);
        audit.record(AuditAction.IMPORT_MAPPED, target(after), before, after);
        chores.soon(
                task,
                id,
                new ImportTask.Ref(TenantScope.require(), Caller.current().userId()));
        return after;
    }

    /**
     * The rows that were left out, in the file's order.
     *
     * @param code only those with this reason; null for all
     */
    @Transactional(readOnly = true)
    public Page<LeftOutRow> leftOut(UUID id, @Nullable String code, PageQuery page) {
        Caller.current().require(Permission.READ);
        find(id);
        Optional<String> report = table.report(id);
        if (report.isEmpty()) {
            return page.slice(List.of(), _ -> Keyset.of());
        }
        long after = page.after().map(key -> key.number(0)).orElse(0L);
        List<LeftOutRow> rows = new Report(duckDb, blobs.file(report.get())).after(after, code, page.fetch());
        Map<Long, UUID> mended =
                repairs.of(id, rows.stream().map(LeftOutRow::number).toList());
        rows = rows.stream()
                .map(row -> row.repairedIn(mended.get(row.number())))
                .toList();
        return page.slice(rows, row -> Keyset.of(row.number()));
    }

    private ImportView find(UUID id) {
        return table.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static AuditTarget target(ImportView view) {
        return AuditTarget.of("dataset_import", view.id(), view.fileName());
    }

    static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
        return stem.length() <= 100 ? stem : stem.substring(0, stem.offsetByCodePoints(0, 90));
    }
}
