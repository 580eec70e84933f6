package dev.temper.platform.task;

import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.StepSettings;
import dev.temper.contract.link.FileRef;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Download;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.Use;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.KeptCheckpoint;
import dev.temper.platform.model.BaseModels;
import dev.temper.platform.model.UsableModel;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Tasks that go on from what others left: from a checkpoint, or once more from the beginning. */
@Service
public class Continuations {
    /** Where a run finds what it learns from. */
    static final String ROWS = "data/";

    private final Tasks tasks;
    private final TaskTable table;
    private final BaseModels models;
    private final Forecasts forecasts;
    private final Jobs jobs;
    private final JobFiles files;
    private final Checkpoints checkpoints;
    private final Blobs blobs;
    private final Audit audit;
    private final TransactionTemplate transaction;

    Continuations(
            Tasks tasks,
            TaskTable table,
            BaseModels models,
            Forecasts forecasts,
            Jobs jobs,
            JobFiles files,
            Checkpoints checkpoints,
            Blobs blobs,
            Audit audit,
            PlatformTransactionManager transactions) {
        this.tasks = tasks;
        this.table = table;
        this.models = models;
        this.forecasts = forecasts;
        this.jobs = jobs;
        this.files = files;
        this.checkpoints = checkpoints;
        this.blobs = blobs;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The checkpoints that are kept of a task, newest first. */
    @Transactional(readOnly = true)
    public List<KeptCheckpoint> checkpoints(TaskView task) {
        return checkpoints.of(task.job().id());
    }

    /** The tasks that go on from it or began it anew, oldest first. */
    @Transactional(readOnly = true)
    public List<TaskView> of(TaskView task) {
        Caller.current().require(Permission.READ);
        return table.from(task.id()).stream().map(one -> one.with(jobs::get)).toList();
    }

    /** Goes on from a checkpoint of a task that has ended, as the caller's own; for longer, if that is wished. */
    public TaskView goOn(UUID id, Change change) {
        Caller.current().require(Permission.WRITE);
        TaskView from = ended(id, "continue");
        KeptCheckpoint checkpoint = chosen(from, change);
        TaskRequest asked = TaskRequest.of(from.asked()).with(change);
        UsableModel model = models.require(asked.model());
        RunSpec spec = TaskSpec.of(asked, model.path(), model.known());
        List<String> differences = StepSettings.differences(
                StepSettings.of(RunSpecJson.read(jobs.spec(from.job().id()))), StepSettings.of(spec));
        if (!differences.isEmpty()) {
            throw ErrorCode.CHECKPOINT_OF_OTHER_SETTINGS
                    .at("/settings")
                    .with("step", checkpoint.step())
                    .with("differences", String.join("; ", differences));
        }
        TaskAdvice advice = forecasts.of(asked);
        Tasks.refuse(advice.refusals());
        if (advice.prediction().steps() <= checkpoint.step()) {
            throw ErrorCode.NOTHING_LEFT_TO_TRAIN
                    .at("/settings/schedule")
                    .with("step", checkpoint.step())
                    .with("steps", advice.prediction().steps());
        }
        return queue(
                from,
                checkpoint.step(),
                new Tasks.Ready(
                        asked,
                        spec,
                        model,
                        advice.prediction().after(checkpoint.step()),
                        from.data(),
                        rows(from),
                        new Origin(from.id(), from.number(), checkpoint.step()),
                        checkpoint.files()));
    }

    /** The same once more from its beginning, with the same rows, as the caller's own; of a task that did not end well. */
    public TaskView retry(UUID id) {
        Caller.current().require(Permission.WRITE);
        TaskView from = ended(id, "retry");
        if (from.job().state() == JobState.SUCCEEDED) {
            throw forbidden(from, "retry");
        }
        TaskRequest asked = TaskRequest.of(from.asked());
        UsableModel model = models.require(asked.model());
        TaskAdvice advice = forecasts.of(asked);
        Tasks.refuse(advice.refusals());
        return queue(
                from,
                null,
                new Tasks.Ready(
                        asked,
                        TaskSpec.of(asked, model.path(), model.known()),
                        model,
                        advice.prediction(),
                        from.data(),
                        rows(from),
                        new Origin(from.id(), from.number(), null),
                        List.of()));
    }

    /** Pressed twice, it queues once. */
    private TaskView queue(TaskView from, @Nullable Long step, Tasks.Ready ready) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            table.lock(from.id());
            of(from).stream()
                    .filter(one -> !one.job().state().ended())
                    .filter(one -> at(one, step))
                    .findFirst()
                    .ifPresent(one -> {
                        throw ErrorCode.TASK_GOES_ON_ALREADY
                                .with("task", from.number())
                                .with("other", one.number());
                    });
            return tasks.queue(ready);
        }));
    }

    private static boolean at(TaskView after, @Nullable Long step) {
        return Objects.equals(Objects.requireNonNull(after.origin()).step(), step);
    }

    private TaskView ended(UUID id, String action) {
        TaskView task = tasks.get(id);
        if (!task.job().state().ended()) {
            throw forbidden(task, action);
        }
        return task;
    }

    private KeptCheckpoint chosen(TaskView task, Change change) {
        Long step = change.step();
        List<KeptCheckpoint> kept = Objects.requireNonNull(transaction.execute(_ -> checkpoints(task)));
        KeptCheckpoint chosen = kept.stream()
                .filter(one -> step == null ? one.resumable() : one.step() == step)
                .findFirst()
                .orElseThrow(() -> ErrorCode.CHECKPOINT_UNKNOWN
                        .at("/step")
                        .with("task", task.number())
                        .with("steps", kept.stream().map(KeptCheckpoint::step).toList()));
        if (!chosen.resumable()) {
            throw ErrorCode.CHECKPOINT_WITHOUT_OPTIMISER.at("/step").with("step", chosen.step());
        }
        return chosen;
    }

    /** As they were frozen for it, whatever became of their dataset. */
    private List<FileRef> rows(TaskView task) {
        return Objects.requireNonNull(
                transaction.execute(_ -> files.of(task.job().id(), JobFiles.Role.INPUT).stream()
                        .filter(file -> file.path().startsWith(ROWS))
                        .toList()));
    }

    /**
     * One of a checkpoint's files, for taking away; that is noted.
     *
     * @param path empty: its largest file
     */
    @Transactional
    public Download take(UUID id, long step, String path) {
        TaskView task = tasks.get(id);
        FileRef file = checkpoints.of(task.job().id(), step).stream()
                .flatMap(one -> one.files().stream())
                .filter(one -> path.isEmpty() || one.path().equals(path))
                .max(Comparator.comparingLong(FileRef::size))
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
        audit.record(
                AuditAction.TASK_OUTPUT_TAKEN,
                AuditTarget.of("task", id, task.name()),
                null,
                Map.of("path", file.path(), "sha256", file.sha256()));
        return new Download(file.path(), file.sha256(), blobs.file(file.sha256()));
    }

    @Transactional(readOnly = true)
    public KeptCheckpoint checkpoint(TaskView task, long step) {
        return checkpoints.of(task.job().id(), step).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** What keeps a checkpoint from being deleted. */
    @Transactional(readOnly = true)
    public List<Use> uses(TaskView task, long step) {
        return Stream.concat(Stream.of(task), of(task).stream().filter(one -> at(one, step)))
                .filter(one -> !one.job().state().ended())
                .map(one -> new Use("task", "#" + one.number() + " " + one.name()))
                .toList();
    }

    /** Only while no run may need it: not of a task that has not ended, nor one that a run which has not ended began with. */
    @Transactional
    public void delete(UUID id, long step) {
        Caller.current().require(Permission.WRITE);
        TaskView task = tasks.get(id);
        table.lock(id);
        KeptCheckpoint gone = checkpoint(task, step);
        UUID job = task.job().id();
        Use.refuse(uses(task, step), ErrorCode.CHECKPOINT_IN_USE, "step", step);
        checkpoints.drop(job, step);
        BlobOwner holder = new BlobOwner(Checkpoints.HOLDER, job);
        blobs.release(holder);
        checkpoints.files(job).forEach(file -> blobs.hold(file.sha256(), holder));
        audit.record(AuditAction.CHECKPOINT_DELETED, AuditTarget.of("task", id, task.name()), gone, null);
    }

    private static Problem forbidden(TaskView task, String action) {
        return ErrorCode.JOB_STATE_FORBIDS
                .with("job", "#" + task.number())
                .with("state", task.job().state().name().toLowerCase(Locale.ROOT))
                .with("action", action);
    }
}
