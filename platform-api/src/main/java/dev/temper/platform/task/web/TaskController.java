package dev.temper.platform.task.web;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.job.Curve;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobState;
import dev.temper.platform.task.SampledPrompt;
import dev.temper.platform.task.TaskFilter;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskRequest.Ingredient;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/tasks")
@Tag(name = "tasks", description = "What is to be trained: a base model, dataset versions, settings.")
class TaskController {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Tasks tasks;

    TaskController(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * What is to be trained.
     *
     * @param model the base model, by name
     * @param data dataset versions, in order
     * @param settings the rest of a run spec: stage, method, optimiser, schedule …; what it leaves out has its default
     * @param pool where, by name; without it the default one
     * @param devices how many, all on one node; without it one
     * @param estimateSeconds how long it will take, roughly; without it as predicted
     * @param priority 0 to 100, without it 50
     */
    record NewTask(
            @NotBlank String name,
            @NotBlank String model,
            @NotNull List<TaskData> data,
            @Nullable Map<String, Object> settings,
            @Nullable String pool,
            @Nullable Integer devices,
            @Nullable Long estimateSeconds,
            @Nullable Integer priority) {
        TaskRequest request() {
            return new TaskRequest(
                    name,
                    model,
                    data.stream().map(TaskData::ingredient).toList(),
                    JSON.writeValueAsString(Objects.requireNonNullElse(settings, Map.of())),
                    Objects.requireNonNullElse(pool, "default"),
                    Objects.requireNonNullElse(devices, 1),
                    estimateSeconds == null ? null : Duration.ofSeconds(estimateSeconds),
                    Objects.requireNonNullElse(priority, JobRequest.DEFAULT_PRIORITY));
        }
    }

    /** A dataset version, and its share against the others'. */
    record TaskData(@NotNull UUID version, @Nullable Double weight) {
        Ingredient ingredient() {
            return new Ingredient(version, Objects.requireNonNullElse(weight, 1.0));
        }
    }

    /** A file of what came of a run. */
    record Output(String path, String sha256, long size) {}

    @Operation(summary = "Start a task; what could never run is refused at once")
    @PostMapping
    ResponseEntity<TaskView> start(@RequestBody NewTask body) {
        TaskView task = tasks.start(body.request());
        return ResponseEntity.created(URI.create("/api/v1/tasks/" + task.id())).body(task);
    }

    /**
     * @param state any of these; without it all
     * @param owner somebody's id, or {@code me}
     * @param q a part of the name, or the number
     * @param sort {@code -created}, {@code created}, {@code name} or {@code -name}
     */
    @Operation(summary = "List the tasks, newest first unless another order is asked for")
    @GetMapping
    Page<TaskView> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable List<JobState> state,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String method,
            @RequestParam(defaultValue = "") String model,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "-created") String sort) {
        return tasks.list(
                new TaskFilter(state == null ? List.of() : state, whose(owner), method, model, q, order(sort)), page);
    }

    private static @Nullable UUID whose(String owner) {
        try {
            return owner.isBlank()
                    ? null
                    : owner.equals("me") ? Caller.current().requirePerson() : UUID.fromString(owner);
        } catch (IllegalArgumentException noId) {
            throw ErrorCode.FIELD_NOT_A_CHOICE.at("/owner").with("value", owner).with("choices", "me, a person's id");
        }
    }

    private static TaskFilter.Order order(String sort) {
        return TaskFilter.Order.of(sort)
                .orElseThrow(() -> ErrorCode.FIELD_NOT_A_CHOICE
                        .at("/sort")
                        .with("value", sort)
                        .with(
                                "choices",
                                Arrays.stream(TaskFilter.Order.values())
                                        .map(TaskFilter.Order::id)
                                        .collect(Collectors.joining(", "))));
    }

    @Operation(summary = "Show a task and how its run goes")
    @GetMapping("/{id}")
    TaskView get(@PathVariable UUID id) {
        return tasks.get(id);
    }

    @Operation(
            summary = "Show its run's numbers over its steps, thinned to some hundred points",
            description = "Of the steps from one to another they are the finer, the fewer steps there are.")
    @GetMapping("/{id}/curve")
    Curve curve(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") long from,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long to) {
        return tasks.curve(tasks.get(id), from, to);
    }

    @Operation(
            summary =
                    "Show what it answered while it learned: each prompt with its answers by step, 0 before the first")
    @GetMapping("/{id}/samples")
    List<SampledPrompt> samples(@PathVariable UUID id) {
        return tasks.samples(tasks.get(id));
    }

    @Operation(summary = "List what came of its run")
    @GetMapping("/{id}/outputs")
    List<Output> outputs(@PathVariable UUID id) {
        return tasks.outputs(tasks.get(id)).stream()
                .map(file -> new Output(file.path(), file.sha256(), file.size()))
                .toList();
    }
}
