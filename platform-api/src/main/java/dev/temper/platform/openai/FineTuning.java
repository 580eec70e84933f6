package dev.temper.platform.openai;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.temper.contract.CodedException;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Chores;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.Tokenizers;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.model.TunedModelDeleted;
import dev.temper.platform.model.TunedModelView;
import dev.temper.platform.model.TunedModels;
import dev.temper.platform.openai.TuningTable.Kept;
import dev.temper.platform.openai.TuningTable.State;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Fine-tuning jobs of the dialect: each becomes a task as soon as its file is read, and is shown as the dialect would. */
@Service
public class FineTuning {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final UUID LAST = new UUID(-1, -1);
    private static final int MOST = 1_000;
    private static final Duration ESTIMATE = Duration.ofHours(1);

    private final TuningTable table;
    private final TuningViews views;
    private final OpenAiFiles files;
    private final Imports imports;
    private final Tokenizers models;
    private final TunedModels tuned;
    private final Tasks tasks;
    private final Jobs jobs;
    private final Chores chores;
    private final CustomTask<TuningStart.Ref> starts;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    FineTuning(
            TuningTable table,
            TuningViews views,
            OpenAiFiles files,
            Imports imports,
            Tokenizers models,
            TunedModels tuned,
            Tasks tasks,
            Jobs jobs,
            Chores chores,
            CustomTask<TuningStart.Ref> fineTuningStarts,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.table = table;
        this.views = views;
        this.files = files;
        this.imports = imports;
        this.models = models;
        this.tuned = tuned;
        this.tasks = tasks;
        this.jobs = jobs;
        this.chores = chores;
        this.starts = fineTuningStarts;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Checks what can be checked before the file is read, and keeps the job. */
    @Transactional
    public TuningJob create(JobRequestBody asked) {
        Caller.current().require(Permission.WRITE);
        UUID person = Caller.current().requirePerson();
        Tuning.check(asked);
        models.find(asked.model());
        UUID file = PublicId.FILE.read(asked.trainingFile());
        if (files.find(file).importId() == null) {
            throw ErrorCode.TRAINING_FILE_UNFIT
                    .at("/training_file")
                    .with("line", 1)
                    .with("reason", "its purpose is not fine-tune");
        }
        UUID id = Ids.next();
        table.insert(id, asked, file, clock.instant());
        chores.soon(starts, id, new TuningStart.Ref(TenantScope.require(), person));
        TuningJob job = get(id);
        audit.record(AuditAction.FINE_TUNING_CREATED, AuditTarget.of("fine_tuning_job", id, asked.model()), null, job);
        return job;
    }

    /** Returns whether the file is still being read. One transaction, so that a crash starts nothing twice. */
    boolean startOrWait(UUID id) {
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> start(id)));
        } catch (Problem refused) {
            refuse(id, refused.code().code(), ErrorTexts.detail(refused, Locale.ENGLISH));
        } catch (CodedException refused) {
            refuse(id, refused.code(), refused.getMessage() + " " + refused.remedy());
        }
        return false;
    }

    private boolean start(UUID id) {
        Kept job = table.lock(id).orElse(null);
        if (job == null || job.state() != State.VALIDATING) {
            return false;
        }
        ImportView file = imports.get(
                Objects.requireNonNull(files.find(job.trainingFile()).importId()));
        switch (file.state()) {
            case QUEUED, RUNNING -> {
                return true;
            }
            case SUCCEEDED -> {
                TaskView task = tasks.start(request(job, Objects.requireNonNull(file.resultVersion())));
                table.started(id, task.id());
            }
            case MAPPING_NEEDED, FAILED, CANCELLED ->
                table.ended(id, State.FAILED, "invalid_training_file", reason(file), clock.instant());
        }
        return false;
    }

    private static String reason(ImportView file) {
        return file.failure() == null
                ? "The file %s could not be read.".formatted(file.fileName())
                : JSON.readTree(file.failure()).path("message").asString("The file could not be read.");
    }

    private static TaskRequest request(Kept job, UUID version) {
        JobRequestBody asked = job.request();
        JobRequestBody.Extension more = asked.temper();
        String name = asked.suffix() == null ? asked.model() : asked.suffix();
        return new TaskRequest(
                name,
                asked.model(),
                List.of(new TaskRequest.Ingredient(version, 1)),
                Tuning.settings(asked),
                more == null || more.pool() == null ? "default" : more.pool(),
                more == null || more.devices() == null ? 1 : more.devices(),
                ESTIMATE,
                JobRequest.DEFAULT_PRIORITY);
    }

    private void refuse(UUID id, String code, String message) {
        transaction.executeWithoutResult(_ -> table.lock(id)
                .filter(job -> job.state() == State.VALIDATING)
                .ifPresent(_ -> table.ended(id, State.FAILED, code, message, clock.instant())));
    }

    @Transactional(readOnly = true)
    public TuningJob get(UUID id) {
        Caller.current().require(Permission.READ);
        return views.of(find(id));
    }

    /** Newest first, from one on. */
    @Transactional(readOnly = true)
    public List<TuningJob> list(@Nullable UUID after, Map<String, String> metadata, int limit) {
        Caller.current().require(Permission.READ);
        return table.before(after == null ? LAST : after, JSON.writeValueAsString(metadata), limit).stream()
                .map(views::of)
                .toList();
    }

    @Transactional
    public TuningJob cancel(UUID id) {
        Caller.current().require(Permission.WRITE);
        Kept job = table.lock(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
        switch (job.state()) {
            case VALIDATING -> table.ended(id, State.CANCELLED, null, null, clock.instant());
            case STARTED -> {
                JobView run = tasks.get(Objects.requireNonNull(job.taskId())).job();
                if (run.state().ended()) {
                    throw ErrorCode.JOB_STATE_FORBIDS
                            .with("job", PublicId.JOB.of(id))
                            .with("state", run.state().name().toLowerCase(Locale.ROOT))
                            .with("action", "cancel");
                }
                jobs.cancel(run.id());
            }
            case FAILED, CANCELLED -> throw forbidden(job, "cancel");
        }
        return get(id);
    }

    @Transactional
    public TuningJob pause(UUID id) {
        Kept job = find(id);
        if (job.state() != State.STARTED) {
            throw forbidden(job, "pause");
        }
        jobs.pause(run(job));
        return get(id);
    }

    @Transactional
    public TuningJob resume(UUID id) {
        Kept job = find(id);
        if (job.state() != State.STARTED) {
            throw forbidden(job, "resume");
        }
        jobs.resume(run(job));
        return get(id);
    }

    /** Newest first, from one on. */
    @Transactional(readOnly = true)
    public List<TuningJob.Event> events(UUID id, long before, int limit) {
        Caller.current().require(Permission.READ);
        Kept job = find(id);
        return job.taskId() == null ? List.of() : views.events(run(job), before, limit);
    }

    /** Newest first, from one on. */
    @Transactional(readOnly = true)
    public List<TuningJob.Checkpoint> checkpoints(UUID id, long before, int limit) {
        Caller.current().require(Permission.READ);
        Kept job = find(id);
        return job.taskId() == null ? List.of() : views.checkpoints(job, run(job), before, limit);
    }

    /** The base models, then what was tuned here. */
    @Transactional(readOnly = true)
    public List<ModelObject> models() {
        Caller.current().require(Permission.READ);
        List<ModelObject> all = new ArrayList<>();
        models.models().forEach(name -> all.add(base(name)));
        table.before(LAST, "{}", MOST).stream()
                .filter(job -> !job.modelDeleted())
                .map(job -> views.model(job))
                .flatMap(Optional::stream)
                .forEach(all::add);
        Set<UUID> ofJobs = table.tasks();
        tuned.newest(MOST).stream()
                .filter(model -> !ofJobs.contains(model.task()))
                .map(views::model)
                .forEach(all::add);
        return all;
    }

    @Transactional(readOnly = true)
    public ModelObject model(String name) {
        Caller.current().require(Permission.READ);
        if (models.models().contains(name)) {
            return base(name);
        }
        return tuned(name);
    }

    /** The files of the task that made it stay with the task. A base model belongs to nobody here. */
    @Transactional
    public void deleteModel(String name) {
        Caller.current().require(Permission.WRITE);
        if (models.models().contains(name)) {
            throw ErrorCode.ACTION_NOT_ALLOWED.problem();
        }
        ModelObject model = tuned(name);
        UUID id = idIn(name);
        Optional<UUID> task = table.find(id).map(Kept::taskId);
        Optional<TunedModelView> kept = task.isPresent() ? tuned.of(task.get()) : Optional.of(tuned.get(id));
        task.ifPresent(table::deleteModel);
        if (kept.isPresent()) {
            tuned.delete(kept.get().id());
        } else {
            audit.record(AuditAction.TUNED_MODEL_DELETED, AuditTarget.of("fine_tuning_job", id, name), model, null);
        }
    }

    /** There is one registry: what is deleted on a page is gone here as well. */
    @EventListener
    void on(TunedModelDeleted gone) {
        table.deleteModel(gone.task());
    }

    private ModelObject tuned(String name) {
        UUID id = idIn(name);
        Optional<Kept> job = table.find(id);
        Optional<ModelObject> model = job.isPresent()
                ? job.filter(one -> !one.modelDeleted()).flatMap(views::model)
                : tuned.find(id).map(views::model);
        return model.filter(found -> found.id().equals(name)).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static UUID idIn(String name) {
        return PublicId.parse(name.substring(name.lastIndexOf(':') + 1));
    }

    private static ModelObject base(String name) {
        return new ModelObject(name, 0, "temper");
    }

    private UUID run(Kept job) {
        return tasks.get(Objects.requireNonNull(job.taskId())).job().id();
    }

    private Kept find(UUID id) {
        return table.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static Problem forbidden(Kept job, String action) {
        return ErrorCode.JOB_STATE_FORBIDS
                .with("job", PublicId.JOB.of(job.id()))
                .with("state", job.state().name().toLowerCase(Locale.ROOT))
                .with("action", action);
    }
}
