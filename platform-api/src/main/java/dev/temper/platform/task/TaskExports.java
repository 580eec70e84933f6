package dev.temper.platform.task;

import dev.temper.contract.ExportSpec;
import dev.temper.contract.MethodSpec;
import dev.temper.contract.OutputFormat;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.FileRef;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Further formats of what tasks have trained, made after their runs by jobs of their own. */
@Service
@Transactional
public class TaskExports {
    private static final int DEVICES = 1;
    private static final int LONGEST_NAME = 150;

    private final Tasks tasks;
    private final TaskTable table;
    private final TrainedFiles trained;
    private final Jobs jobs;
    private final JobFiles files;
    private final Audit audit;

    TaskExports(Tasks tasks, TaskTable table, TrainedFiles trained, Jobs jobs, JobFiles files, Audit audit) {
        this.tasks = tasks;
        this.table = table;
        this.trained = trained;
        this.jobs = jobs;
        this.files = files;
        this.audit = audit;
    }

    /** The formats there are, by their names; what was trained itself is none of them. */
    public static List<String> formats() {
        return Arrays.stream(OutputFormat.values())
                .filter(format -> format != OutputFormat.TRAINED)
                .map(TaskExports::name)
                .toList();
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<ExportView> of(TaskView task) {
        return jobs.ofTask(task.id(), ExportSpec.KIND).stream().map(this::view).toList();
    }

    /**
     * Has a format made, by a job that queues as all do.
     *
     * @param format its name
     * @param step of the checkpoint it is made of; null for what the run ended with
     * @param pool where; null: where the task's run was
     */
    public ExportView start(UUID id, String format, @Nullable Long step, @Nullable String pool) {
        Caller.current().require(Permission.WRITE);
        OutputFormat wanted = named(format);
        TaskView task = tasks.get(id);
        table.lock(id); // Pressed twice, it is made once.
        TrainedFiles.Taken taken = trained.of(task, step);
        if (step == null && wanted == OutputFormat.MERGED && isWhole(taken.run().method())) {
            throw ErrorCode.EXPORT_NEEDLESS.at("/format").with("task", task.number());
        }
        refuseAgain(task, wanted, step);
        JobView job = jobs.submit(new JobRequest(
                jobName(task, format, step),
                ExportSpec.KIND,
                RunSpecJson.writeWhole(new ExportSpec(taken.run(), TrainedFiles.FOLDER, step, wanted)),
                Objects.requireNonNullElse(pool, task.job().pool()),
                DEVICES,
                null,
                taken.passage(),
                task.job().priority(),
                JobRequest.DEFAULT_RETRIES,
                id));
        trained.giveTo(job, taken);
        ExportView export = view(job);
        audit.record(AuditAction.TASK_EXPORT_STARTED, AuditTarget.of("task", id, task.name()), null, export);
        return export;
    }

    /** What is being made, or is there already, whether after the run or by it. */
    private void refuseAgain(TaskView task, OutputFormat format, @Nullable Long step) {
        for (ExportView made : of(task)) {
            if (made.format().equals(name(format)) && Objects.equals(made.step(), step)) {
                JobState state = made.job().state();
                if (!state.ended()) {
                    throw ErrorCode.EXPORT_UNDER_WAY
                            .at("/format")
                            .with("format", made.format())
                            .with("job", made.job().number());
                }
                made.files().stream().findFirst().ifPresent(file -> refuse(made.format(), file));
            }
        }
        if (step == null) {
            String path = format == OutputFormat.MERGED
                    ? "output/merged/"
                    : "output/model-" + name(format).substring("gguf_".length()) + ".gguf";
            tasks.outputs(task).stream()
                    .filter(file -> file.path().startsWith(path))
                    .findFirst()
                    .ifPresent(file -> refuse(name(format), file));
        }
    }

    private static void refuse(String format, FileRef there) {
        throw ErrorCode.EXPORT_THERE_ALREADY
                .at("/format")
                .with("format", format)
                .with("path", there.path());
    }

    private static boolean isWhole(MethodSpec method) {
        return switch (method) {
            case MethodSpec.Full _, MethodSpec.Partial _ -> true;
            case MethodSpec.Lora _, MethodSpec.Ia3 _ -> false;
        };
    }

    private ExportView view(JobView job) {
        ExportSpec spec = RunSpecJson.whole(JsonMapper.shared().readTree(jobs.spec(job.id())), ExportSpec.class);
        List<FileRef> made = files.of(job.id(), JobFiles.Role.OUTPUT).stream()
                .filter(file -> file.path().startsWith("output/"))
                .toList();
        return new ExportView(name(spec.format()), spec.step(), job, made);
    }

    private static OutputFormat named(String name) {
        return Arrays.stream(OutputFormat.values())
                .filter(format -> format != OutputFormat.TRAINED && name(format).equals(name))
                .findFirst()
                .orElseThrow(() -> ErrorCode.FIELD_NOT_A_CHOICE
                        .at("/format")
                        .with("value", name)
                        .with("choices", formats()));
    }

    private static String name(OutputFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static String jobName(TaskView task, String format, @Nullable Long step) {
        String name = task.name();
        int end = name.offsetByCodePoints(0, Math.min(LONGEST_NAME, name.codePointCount(0, name.length())));
        return name.substring(0, end) + " → " + format + (step == null ? "" : " (" + step + ")");
    }
}
