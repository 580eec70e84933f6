package dev.temper.platform.task.web;

import dev.temper.platform.job.KeptCheckpoint;
import dev.temper.platform.task.Change;
import dev.temper.platform.task.Continuations;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/tasks/{id}")
@Tag(name = "tasks")
class ContinuationController {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Tasks tasks;
    private final Continuations continuations;

    ContinuationController(Tasks tasks, Continuations continuations) {
        this.tasks = tasks;
        this.continuations = continuations;
    }

    /**
     * What is to be otherwise. What is left out stays as it was.
     *
     * @param step of the checkpoint to go on from; without it the newest
     * @param settings laid over those of the task, key by key: epochs, steps, evaluation, checkpoints may differ
     */
    record GoOn(
            @Nullable Long step,
            @Nullable String name,
            @Nullable Map<String, Object> settings,
            @Nullable String pool,
            @Nullable Integer devices,
            @Nullable Integer priority) {
        Change change() {
            return new Change(
                    step, name, settings == null ? null : JSON.writeValueAsString(settings), pool, devices, priority);
        }
    }

    @Operation(summary = "List the checkpoints that are kept, newest first")
    @GetMapping("/checkpoints")
    List<KeptCheckpoint> checkpoints(@PathVariable UUID id) {
        return continuations.checkpoints(tasks.get(id));
    }

    @Operation(summary = "Take one of a checkpoint's files by its path, or its largest; with Range a part of it")
    @GetMapping(path = "/checkpoints/{step}/content", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Resource> content(
            @PathVariable UUID id, @PathVariable long step, @RequestParam(defaultValue = "") String path) {
        return continuations.take(id, step, path).answer();
    }

    @Operation(summary = "Delete a checkpoint; refused while a run that has not ended needs it")
    @DeleteMapping("/checkpoints/{step}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, @PathVariable long step) {
        continuations.delete(id, step);
    }

    @Operation(
            summary = "Go on from a checkpoint of a task that has ended, as a new task; for longer, if that is wished")
    @PostMapping("/continue")
    ResponseEntity<TaskView> goOn(@PathVariable UUID id, @RequestBody GoOn body) {
        return created(continuations.goOn(id, body.change()));
    }

    @Operation(
            summary = "Begin a task that failed or was cancelled anew, as a new task with the same rows and settings")
    @PostMapping("/retry")
    ResponseEntity<TaskView> retry(@PathVariable UUID id) {
        return created(continuations.retry(id));
    }

    private static ResponseEntity<TaskView> created(TaskView task) {
        return ResponseEntity.created(URI.create("/api/v1/tasks/" + task.id())).body(task);
    }
}
