package dev.temper.platform.openai;

import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.model.TunedModelView;
import dev.temper.platform.openai.TuningTable.Kept;
import dev.temper.platform.openai.TuningTable.Told;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs, their events and their models in the words of the dialect. */
@Component
class TuningViews {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> TOLD = List.of("metrics", "checkpoint", "notice", "phase");
    private static final long DEFAULT_SEED = 42;

    /** The numbers of a run that the dialect has a name for. */
    private static final Map<String, String> METRICS = Map.of(
            "loss", "train_loss",
            "eval_loss", "full_valid_loss",
            "eval_accuracy", "full_valid_mean_token_accuracy");

    private final TuningTable table;
    private final Tasks tasks;

    TuningViews(TuningTable table, Tasks tasks) {
        this.table = table;
        this.tasks = tasks;
    }

    TuningJob of(Kept job) {
        JobRequestBody asked = job.request();
        TaskView task = job.taskId() == null ? null : tasks.get(job.taskId());
        Map<String, Object> hyperparameters = Tuning.shown(asked);
        return new TuningJob(
                PublicId.JOB.of(job.id()),
                job.createdAt().getEpochSecond(),
                second(task == null ? job.endedAt() : task.job().endedAt()),
                asked.model(),
                succeeded(task) ? name(job) : null,
                table.tenantSlug(),
                status(job, task),
                hyperparameters,
                Map.of("type", "supervised", "supervised", Map.of("hyperparameters", hyperparameters)),
                PublicId.FILE.of(job.trainingFile()),
                null,
                List.of(),
                succeeded(task) ? tokens(Objects.requireNonNull(task).job().id()) : null,
                failure(job, task),
                asked.seed() == null ? DEFAULT_SEED : asked.seed(),
                asked.metadata() == null ? Map.of() : asked.metadata(),
                task == null
                        ? null
                        : new TuningJob.Own(
                                task.id().toString(),
                                task.number(),
                                task.job().state().name()));
    }

    /** The model a job made; none before it has. */
    Optional<ModelObject> model(Kept job) {
        TaskView task = job.taskId() == null ? null : tasks.get(job.taskId());
        return succeeded(task)
                ? Optional.of(new ModelObject(
                        name(job),
                        Objects.requireNonNull(
                                second(Objects.requireNonNull(task).job().endedAt())),
                        table.tenantSlug()))
                : Optional.empty();
    }

    /** One that came of a task which no job of the dialect asked for. */
    ModelObject model(TunedModelView model) {
        return new ModelObject(
                "ft:%s:%s:%s:%s"
                        .formatted(
                                model.base(),
                                table.tenantSlug(),
                                model.name().replaceAll("[^\\p{L}\\p{N}_.-]+", "-"),
                                PublicId.digits(model.id())),
                model.createdAt().getEpochSecond(),
                table.tenantSlug());
    }

    List<TuningJob.Event> events(UUID run, long before, int limit) {
        return table.told(run, before, TOLD, limit).stream()
                .map(TuningViews::event)
                .toList();
    }

    List<TuningJob.Checkpoint> checkpoints(Kept job, UUID run, long before, int limit) {
        return table.told(run, before, List.of("checkpoint"), limit).stream()
                .map(told -> checkpoint(job, run, told))
                .toList();
    }

    private TuningJob.Checkpoint checkpoint(Kept job, UUID run, Told told) {
        long step = JSON.readTree(told.body()).path("step").asLong();
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("step", step);
        metrics.putAll(metrics(JSON.readTree(table.numbers(run, step))));
        return new TuningJob.Checkpoint(
                "ftckpt_" + told.id(),
                told.at().getEpochSecond(),
                PublicId.JOB.of(job.id()),
                name(job) + ":ckpt-step-" + step,
                step,
                metrics);
    }

    private static TuningJob.Event event(Told told) {
        JsonNode body = JSON.readTree(told.body());
        long step = body.path("step").asLong();
        Map<String, Object> data = null;
        String message;
        switch (told.type()) {
            case "metrics" -> {
                data = new LinkedHashMap<>();
                data.put("step", step);
                data.put("total_steps", body.path("totalSteps").asLong());
                data.putAll(metrics(body.path("values")));
                message =
                        "Step %d/%d: %s".formatted(step, body.path("totalSteps").asLong(), words(data));
            }
            case "checkpoint" -> message = "Checkpoint at step " + step;
            case "phase" ->
                message = "The run is " + body.path("phase").asString("").toLowerCase(Locale.ROOT);
            default -> message = body.path("text").asString("");
        }
        return new TuningJob.Event(
                "ftevent-" + told.id(),
                told.at().getEpochSecond(),
                "info",
                message,
                data == null ? "message" : "metrics",
                data);
    }

    private static String words(Map<String, Object> data) {
        StringBuilder words = new StringBuilder();
        data.forEach((name, value) -> {
            if (value instanceof Double number) {
                words.append(words.isEmpty() ? "" : ", ").append("%s=%.4f".formatted(name, number));
            }
        });
        return words.toString();
    }

    private static Map<String, Object> metrics(JsonNode values) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        METRICS.forEach((ours, theirs) -> {
            if (values.path(ours).isNumber()) {
                metrics.put(theirs, values.path(ours).asDouble());
            }
        });
        return metrics;
    }

    private @Nullable Long tokens(UUID run) {
        JsonNode tokens = JSON.readTree(table.numbers(run, Long.MAX_VALUE)).path("tokens");
        return tokens.isNumber() ? (long) tokens.asDouble() : null;
    }

    private String name(Kept job) {
        JobRequestBody asked = job.request();
        return "ft:%s:%s:%s:%s"
                .formatted(
                        asked.model(),
                        table.tenantSlug(),
                        asked.suffix() == null ? "" : asked.suffix(),
                        PublicId.digits(job.id()));
    }

    private static boolean succeeded(@Nullable TaskView task) {
        return task != null && task.job().state() == JobState.SUCCEEDED;
    }

    /** The dialect has no word for a run that rests: it is queued until somebody resumes it. */
    private static String status(Kept job, @Nullable TaskView task) {
        return switch (job.state()) {
            case VALIDATING -> "validating_files";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case STARTED ->
                switch (Objects.requireNonNull(task).job().state()) {
                    case QUEUED, ASSIGNED, PAUSED -> "queued";
                    case STARTING, RUNNING, PAUSING, PREEMPTING -> "running";
                    case SUCCEEDED -> "succeeded";
                    case FAILED -> "failed";
                    case CANCELLED -> "cancelled";
                };
        };
    }

    private static TuningJob.@Nullable Failure failure(Kept job, @Nullable TaskView task) {
        if (job.failureCode() != null) {
            return new TuningJob.Failure(
                    job.failureCode(), Objects.requireNonNullElse(job.failureMessage(), ""), "training_file");
        }
        JobView run = task == null ? null : task.job();
        return run == null || run.failureCode() == null
                ? null
                : new TuningJob.Failure(
                        run.failureCode(), Objects.requireNonNullElse(run.failureMessage(), run.failureCode()), null);
    }

    private static @Nullable Long second(@Nullable Instant at) {
        return at == null ? null : at.getEpochSecond();
    }
}
