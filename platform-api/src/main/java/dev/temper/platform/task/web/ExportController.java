package dev.temper.platform.task.web;

import dev.temper.platform.task.ExportView;
import dev.temper.platform.task.TaskExports;
import dev.temper.platform.task.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tasks/{id}/exports")
@Tag(name = "tasks")
class ExportController {
    private final Tasks tasks;
    private final TaskExports exports;

    ExportController(Tasks tasks, TaskExports exports) {
        this.tasks = tasks;
        this.exports = exports;
    }

    /**
     * What is to be made.
     *
     * @param format merged, gguf_f32, gguf_f16, gguf_q8_0 or gguf_q4_0
     * @param checkpoint its step; without it what the run ended with
     * @param pool where, by name; without it where the run was
     */
    record NewExport(
            @NotBlank String format,
            @Nullable Long checkpoint,
            @Nullable String pool) {}

    @Operation(
            summary = "Make another format of what was trained: a job queues, and its files come to the task’s outputs",
            description = "Refused where nothing is trained yet, and where it is there or being made already.")
    @PostMapping
    ResponseEntity<ExportView> start(@PathVariable UUID id, @RequestBody NewExport body) {
        ExportView export = exports.start(id, body.format(), body.checkpoint(), body.pool());
        return ResponseEntity.created(URI.create("/api/v1/jobs/" + export.job().id()))
                .body(export);
    }

    @Operation(summary = "List the formats that were made or are being made after the run, newest first")
    @GetMapping
    List<ExportView> list(@PathVariable UUID id) {
        return exports.of(tasks.get(id));
    }
}
