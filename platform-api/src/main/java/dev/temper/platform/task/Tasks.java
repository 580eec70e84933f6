package dev.temper.platform.task;

import dev.temper.contract.ExportSpec;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.FileRef;
import dev.temper.data.write.ExportFormat;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Download;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Fault;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.VersionView;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.job.Curve;
import dev.temper.platform.job.Curves;
import dev.temper.platform.job.JobEvent;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.model.BaseModels;
import dev.temper.platform.model.UsableModel;
import dev.temper.platform.tenant.TenantNumbers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The tasks of the tenant in scope. What is asked is checked whole before it queues, and frozen with its rows. */
@Service
public class Tasks {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String OWNER = "task";

    private final TaskTable table;
    private final Datasets datasets;
    private final BaseModels models;
    private final Blobs blobs;
    private final Jobs jobs;
    private final JobFiles files;
    private final JobEvents events;
    private final Curves curves;
    private final Forecasts forecasts;
    private final PastRuns past;
    private final Drafts drafts;
    private final TenantNumbers numbers;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;

    Tasks(
            TaskTable table,
            Datasets datasets,
            BaseModels models,
            Blobs blobs,
            Jobs jobs,
            JobFiles files,
            JobEvents events,
            Curves curves,
            Forecasts forecasts,
            PastRuns past,
            Drafts drafts,
            TenantNumbers numbers,
            PlatformTransactionManager transactions,
            Audit audit,
            Clock clock) {
        this.table = table;
        this.datasets = datasets;
        this.models = models;
        this.blobs = blobs;
        this.jobs = jobs;
        this.files = files;
        this.events = events;
        this.curves = curves;
        this.forecasts = forecasts;
        this.past = past;
        this.drafts = drafts;
        this.numbers = numbers;
        this.transaction = new TransactionTemplate(transactions);
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Page<TaskView> list(TaskFilter filter, PageQuery page) {
        Caller.current().require(Permission.READ);
        List<TaskView> tasks = withJobs(table.list(filter, page.after(), page.fetch()));
        return page.slice(
                tasks, task -> filter.order().byName() ? Keyset.of(task.id(), task.name()) : Keyset.of(task.id()));
    }

    /** The first that a filter leaves. */
    @Transactional(readOnly = true)
    public List<TaskView> first(TaskFilter filter, int most) {
        Caller.current().require(Permission.READ);
        return withJobs(table.list(filter, Optional.empty(), most));
    }

    /** Those of some numbers that are there. */
    @Transactional(readOnly = true)
    public List<TaskView> numbered(Collection<Long> numbers) {
        Caller.current().require(Permission.READ);
        return withJobs(table.numbered(numbers));
    }

    private List<TaskView> withJobs(List<TaskTable.Kept> kept) {
        Map<UUID, JobView> runs = jobs.of(kept.stream().map(TaskTable.Kept::job).toList());
        return kept.stream()
                .map(task -> task.with(job -> Objects.requireNonNull(runs.get(job))))
                .toList();
    }

    @Transactional(readOnly = true)
    public TaskView get(UUID id) {
        Caller.current().require(Permission.READ);
        return table.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem).with(jobs::get);
    }

    /** By the number in its address. */
    @Transactional(readOnly = true)
    public TaskView byNumber(long number) {
        Caller.current().require(Permission.READ);
        return table.byNumber(number).orElseThrow(ErrorCode.NOT_FOUND::problem).with(jobs::get);
    }

    /** What came of its run and was made of that since, by path. */
    @Transactional(readOnly = true)
    public List<FileRef> outputs(TaskView task) {
        return files.made(task.job().id(), task.id(), ExportSpec.KIND);
    }

    /** Its run's numbers over its steps. */
    @Transactional(readOnly = true)
    public Curve curve(TaskView task) {
        return curves.of(task.job().id());
    }

    /** Of its steps from one to another: the finer, the fewer they are. */
    @Transactional(readOnly = true)
    public Curve curve(TaskView task, long from, long to) {
        return curves.of(task.job().id(), from, to);
    }

    /** What else its run told before an event, newest first. */
    @Transactional(readOnly = true)
    public List<JobEvent> told(TaskView task, long before, int limit) {
        return events.told(task.job().id(), before, limit);
    }

    /** What it answered while it learned, a prompt after the other. */
    @Transactional(readOnly = true)
    public List<SampledPrompt> samples(TaskView task) {
        UUID run = task.job().id();
        return SampledPrompt.of(Stream.concat(
                events.firstOf(run, "sample", SampledPrompt.FIRST).stream(),
                events.lastOf(run, "sample", SampledPrompt.LAST).reversed().stream()));
    }

    /** One of its outputs, for taking away; that is noted. */
    @Transactional
    public Download take(UUID id, String path) {
        TaskView task = get(id);
        FileRef file = outputs(task).stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
        audit.record(
                AuditAction.TASK_OUTPUT_TAKEN,
                AuditTarget.of("task", id, task.name()),
                null,
                Map.of("path", path, "sha256", file.sha256()));
        return new Download(path, file.sha256(), blobs.file(file.sha256()));
    }

    /** What a run that ended well took; empty before. */
    @Transactional(readOnly = true)
    public Optional<Taken> taken(TaskView task) {
        return past.of(task.job().id());
    }

    /** Checks what is asked, freezes the rows it learns from, and puts it into the queue. */
    public TaskView start(TaskRequest asked) {
        return start(asked, null);
    }

    /**
     * The same from a draft, which becomes this task and no other.
     *
     * @param draft its number; null where there is none
     */
    public TaskView start(TaskRequest asked, @Nullable Long draft) {
        Caller.current().require(Permission.WRITE);
        UsableModel model = models.require(asked.model());
        RunSpec spec = TaskSpec.of(asked, model.path(), model.known());
        TaskAdvice advice = forecasts.of(asked);
        refuse(advice.refusals());
        List<VersionView> versions = asked.data().stream()
                .map(one -> datasets.version(one.version()))
                .toList();
        List<FileRef> rows = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            UUID version = versions.get(i).id();
            Blob blob = blobs.store(out -> datasets.write(version, ExportFormat.CANONICAL, out));
            rows.add(new FileRef(TaskSpec.path(i), blob.hash(), blob.size()));
        }
        return Objects.requireNonNull(transaction.execute(_ -> {
            TaskView task = queue(
                    new Ready(asked, spec, model, advice.prediction(), data(asked, versions), rows, null, List.of()));
            if (draft != null) {
                drafts.became(draft, task.id());
            }
            return task;
        }));
    }

    /** All that is wrong, at once; one thing speaks for itself. */
    static void refuse(List<Fault> refusals) {
        if (refusals.size() > 1) {
            throw Problem.ofFields(refusals);
        }
        refusals.forEach(one -> {
            Problem problem = one.code().at(one.pointer());
            one.facts().forEach(problem::with);
            throw problem;
        });
    }

    /**
     * A task that nothing speaks against.
     *
     * @param data the dataset versions it learns from, as JSON
     * @param rows their content
     * @param checkpoint what its run goes on from; empty where it begins
     */
    record Ready(
            TaskRequest asked,
            RunSpec spec,
            UsableModel model,
            Prediction prediction,
            String data,
            List<FileRef> rows,
            @Nullable Origin origin,
            List<FileRef> checkpoint) {}

    /** Part of the transaction in which nothing came to speak against it. */
    TaskView queue(Ready ready) {
        UUID id = Ids.next();
        TaskRequest asked = ready.asked();
        UsableModel model = ready.model();
        JobView job = jobs.submit(new JobRequest(
                asked.name(),
                "train",
                RunSpecJson.write(ready.spec()),
                asked.pool(),
                asked.devices(),
                null,
                asked.estimateOr(ready.prediction().time()),
                asked.priority(),
                JobRequest.DEFAULT_RETRIES,
                id));
        List<FileRef> given =
                Stream.concat(ready.rows().stream(), model.files().stream()).toList();
        files.become(job.id(), JobFiles.Role.INPUT, given);
        files.become(job.id(), JobFiles.Role.CHECKPOINT, ready.checkpoint());
        (model.shared() ? ready.rows() : given).forEach(file -> blobs.hold(file.sha256(), new BlobOwner(OWNER, id)));
        // As with its own: the first of those takes its place.
        ready.checkpoint().forEach(file -> blobs.hold(file.sha256(), new BlobOwner(Checkpoints.HOLDER, job.id())));
        table.insert(
                id,
                numbers.next("tasks"),
                asked,
                model.id(),
                ready.data(),
                JSON.writeValueAsString(ready.prediction()),
                job.id(),
                Caller.current().requirePerson(),
                clock.instant(),
                ready.origin());
        TaskView task = get(id);
        audit.record(AuditAction.TASK_STARTED, AuditTarget.of("task", id, task.name()), null, task);
        return task;
    }

    private String data(TaskRequest asked, List<VersionView> versions) {
        List<Map<String, Object>> data = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            VersionView version = versions.get(i);
            DatasetView dataset = datasets.get(version.dataset());
            data.add(Map.of(
                    "version", version.id(),
                    "dataset", dataset.id(),
                    "name", dataset.name(),
                    "number", version.number(),
                    "rows", version.rows(),
                    "weight", asked.data().get(i).weight()));
        }
        return JSON.writeValueAsString(data);
    }
}
