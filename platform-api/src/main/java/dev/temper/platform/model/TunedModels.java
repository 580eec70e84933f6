package dev.temper.platform.model;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Download;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.tenant.TenantNumbers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The models that came of the tasks of the tenant in scope. Each holds its files, whatever becomes of its task. */
@Service
@Transactional
public class TunedModels {
    private static final UUID LAST = new UUID(-1, -1);
    private static final String OWNER = "tuned-model";
    private static final String ADAPTER = "adapter_config.json";

    private final TunedModelTable table;
    private final JobFiles files;
    private final Blobs blobs;
    private final TenantNumbers numbers;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    TunedModels(
            TunedModelTable table,
            JobFiles files,
            Blobs blobs,
            TenantNumbers numbers,
            Audit audit,
            ApplicationEventPublisher events) {
        this.table = table;
        this.files = files;
        this.blobs = blobs;
        this.numbers = numbers;
        this.audit = audit;
        this.events = events;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<TunedModelView> list(PageQuery page) {
        Caller.current().require(Permission.READ);
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        return page.slice(table.before(before, page.fetch()), model -> Keyset.of(model.id()));
    }

    /** The last ones, newest first. */
    @Transactional(readOnly = true)
    public List<TunedModelView> newest(int most) {
        Caller.current().require(Permission.READ);
        return table.before(LAST, most);
    }

    @Transactional(readOnly = true)
    public TunedModelView get(UUID id) {
        Caller.current().require(Permission.READ);
        return table.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** One that may have been deleted meanwhile. */
    @Transactional(readOnly = true)
    public Optional<TunedModelView> find(UUID id) {
        Caller.current().require(Permission.READ);
        return table.find(id);
    }

    /** By the number in its address. */
    @Transactional(readOnly = true)
    public TunedModelView byNumber(long number) {
        Caller.current().require(Permission.READ);
        return table.byNumber(number).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** That a task has made; empty while it has made none. */
    @Transactional(readOnly = true)
    public Optional<TunedModelView> of(UUID task) {
        Caller.current().require(Permission.READ);
        return table.ofTask(task);
    }

    @Transactional(readOnly = true)
    public List<FileRef> files(UUID id) {
        return files.of(table.job(get(id).id()), JobFiles.Role.OUTPUT);
    }

    /**
     * One of its files, for taking away; that is noted.
     *
     * @param path empty: the weights, its largest file
     */
    public Download take(UUID id, String path) {
        TunedModelView model = get(id);
        FileRef file = files(id).stream()
                .filter(one -> path.isEmpty() || one.path().equals(path))
                .max(Comparator.comparingLong(FileRef::size))
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
        audit.record(
                AuditAction.TUNED_MODEL_TAKEN,
                target(model),
                null,
                Map.of("path", file.path(), "sha256", file.sha256()));
        return new Download(file.path(), file.sha256(), blobs.file(file.sha256()));
    }

    /**
     * Keeps what came of a task as the next version of the model of that name. Once a task; doing it again changes nothing.
     *
     * @param lineage what the run had, as JSON
     */
    public void keep(UUID task, UUID job, String name, String lineage) {
        List<FileRef> outputs = files.of(job, JobFiles.Role.OUTPUT);
        if (outputs.isEmpty() || table.ofTask(task).isPresent()) {
            return;
        }
        boolean adapter = outputs.stream().anyMatch(file -> file.path().endsWith(ADAPTER));
        UUID id = Ids.next();
        table.insert(
                id,
                numbers.next("tuned_models"),
                name,
                adapter ? TunedModelView.Kind.ADAPTER : TunedModelView.Kind.MODEL,
                task,
                lineage,
                outputs.stream().mapToLong(FileRef::size).sum());
        outputs.forEach(file -> blobs.hold(file.sha256(), new BlobOwner(OWNER, id)));
        TunedModelView model = table.find(id).orElseThrow();
        audit.record(AuditAction.TUNED_MODEL_CREATED, target(model), null, model);
    }

    /** Its task keeps what it says of its run; the files stay as long as that needs them. */
    public void delete(UUID id) {
        Caller.current().require(Permission.WRITE);
        TunedModelView gone = get(id);
        blobs.release(new BlobOwner(OWNER, id));
        table.delete(id);
        events.publishEvent(new TunedModelDeleted(gone.task()));
        audit.record(AuditAction.TUNED_MODEL_DELETED, target(gone), gone, null);
    }

    private static AuditTarget target(TunedModelView model) {
        return AuditTarget.of("tuned_model", model.id(), model.name() + " v" + model.version());
    }
}
