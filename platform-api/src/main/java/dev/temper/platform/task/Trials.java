package dev.temper.platform.task;

import dev.temper.contract.GenerateSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Asking what tasks have trained, in mid-run or after it: each time by a job that queues as all do. */
@Service
@Transactional
public class Trials {
    /** A model on a processor alone writes about so many a second. */
    private static final int TOKENS_A_SECOND = 20;

    private static final int DEVICES = 1;
    private static final int LONGEST_NAME = 150;

    private final Tasks tasks;
    private final TrainedFiles trained;
    private final Jobs jobs;
    private final JobEvents events;
    private final Audit audit;

    Trials(Tasks tasks, TrainedFiles trained, Jobs jobs, JobEvents events, Audit audit) {
        this.tasks = tasks;
        this.trained = trained;
        this.jobs = jobs;
        this.events = events;
        this.audit = audit;
    }

    /**
     * What is wanted.
     *
     * @param base whether the model as it was before is asked, too
     * @param pool where; null: where the task's run was
     */
    public record Wanted(
            List<GenerateSpec.Asked> asked,
            GenerateSpec.Sampling sampling,
            boolean base,
            @Nullable String pool) {}

    /**
     * A prompt to be answered for itself.
     *
     * @param pointer where it was given
     * @param system what the model is told before; null for what it was told while it learned
     */
    public static GenerateSpec.Asked prompt(String pointer, String prompt, @Nullable String system) {
        if (prompt.isBlank()) {
            throw ErrorCode.FIELD_REQUIRED.at(pointer);
        }
        refuseLong(pointer, prompt);
        if (system != null) {
            refuseLong("/system", system);
        }
        return new GenerateSpec.Asked(system, List.of(prompt));
    }

    private static void refuseLong(String pointer, String text) {
        if (text.length() > GenerateSpec.LONGEST / 2) {
            throw ErrorCode.FIELD_TOO_LONG.at(pointer).with("max", GenerateSpec.LONGEST / 2);
        }
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<TrialView> of(TaskView task) {
        return jobs.ofTask(task.id(), GenerateSpec.KIND).stream()
                .map(this::view)
                .toList();
    }

    @Transactional(readOnly = true)
    public TrialView get(UUID task, UUID trial) {
        JobView job = jobs.get(trial);
        if (!job.kind().equals(GenerateSpec.KIND) || !task.equals(job.taskId())) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        return view(job);
    }

    /** @param step of the checkpoint that is asked; null for what the run ended with */
    public TrialView start(UUID id, @Nullable Long step, Wanted wanted) {
        Caller.current().require(Permission.WRITE);
        TaskView task = tasks.get(id);
        TrainedFiles.Taken taken = trained.of(task, step);
        GenerateSpec spec = new GenerateSpec(
                taken.run(), TrainedFiles.FOLDER, step, wanted.asked(), wanted.sampling(), wanted.base());
        JobView job = jobs.submit(new JobRequest(
                jobName(spec.asked().getFirst().question()),
                GenerateSpec.KIND,
                RunSpecJson.writeWhole(spec),
                Objects.requireNonNullElse(wanted.pool(), task.job().pool()),
                DEVICES,
                null,
                taken.passage().plus(writing(spec)),
                task.job().priority(),
                JobRequest.DEFAULT_RETRIES,
                id));
        trained.giveTo(job, taken);
        TrialView trial = view(job);
        audit.record(
                AuditAction.TASK_TRIED,
                AuditTarget.of("task", id, task.name()),
                null,
                Map.of("job", job.number(), "step", step == null ? "" : step));
        return trial;
    }

    private static Duration writing(GenerateSpec spec) {
        long tokens = (long) spec.sampling().maxTokens() * (spec.base() ? 2 : 1);
        return Duration.ofSeconds(tokens / TOKENS_A_SECOND);
    }

    private TrialView view(JobView job) {
        GenerateSpec spec = RunSpecJson.whole(JsonMapper.shared().readTree(jobs.spec(job.id())), GenerateSpec.class);
        Map<Place, TrialView.Answer> answers = answers(job.id());
        return new TrialView(
                spec.step(),
                spec.run().data().template(),
                spec.sampling(),
                job,
                IntStream.range(0, spec.asked().size())
                        .mapToObj(i -> new TrialView.Asked(
                                spec.asked().get(i).system(),
                                spec.asked().get(i).messages(),
                                answers.get(new Place(i, false)),
                                answers.get(new Place(i, true))))
                        .toList());
    }

    private record Place(int asked, boolean base) {}

    private Map<Place, TrialView.Answer> answers(UUID job) {
        Map<Place, TrialView.Answer> answers = new HashMap<>();
        events.ofLastAttempt(job, "answer").forEach(event -> {
            if (LinkJson.event(event.body()) instanceof WorkerEvent.Answer piece) {
                answers.merge(
                        new Place(piece.asked(), piece.base()),
                        new TrialView.Answer(piece.text(), piece.end()),
                        (said, more) -> new TrialView.Answer(said.text() + more.text(), more.end()));
            }
        });
        return answers;
    }

    private static String jobName(String question) {
        String line = question.strip().lines().findFirst().orElse("").replaceAll("\\p{C}", " ");
        int end = line.offsetByCodePoints(0, Math.min(LONGEST_NAME, line.codePointCount(0, line.length())));
        return line.isBlank() ? "?" : line.substring(0, end);
    }
}
