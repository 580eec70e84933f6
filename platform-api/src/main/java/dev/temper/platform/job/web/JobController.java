package dev.temper.platform.job.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.job.AttemptView;
import dev.temper.platform.job.JobFilter;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.Transition;
import dev.temper.platform.resource.DeviceKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/jobs")
@Tag(name = "jobs", description = "Runs that wait, work or are over, each with every state it went through.")
class JobController {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Jobs jobs;

    JobController(Jobs jobs) {
        this.jobs = jobs;
    }

    /**
     * What is to be run, and on what.
     *
     * @param kind which kind of run, as in train or simulated
     * @param spec what is to be run; what it may say depends on the kind
     * @param pool the name of the pool its devices are to come from; without it the default one
     * @param devices how many, all on one node and all at once; without it one
     * @param deviceKind what they must be; without it the best that the pool has enough of
     * @param estimateSeconds how long it will take, roughly: plans are made by it, nothing is ended by it
     * @param priority 0 to 100, without it 50; more comes first within the tenant's share
     * @param maxRetries how often it is tried again after a failure that is not its own; without it 3
     */
    record NewJob(
            @NotBlank String name,
            @NotBlank String kind,
            @NotNull Map<String, Object> spec,
            @Nullable String pool,
            @Nullable Integer devices,
            @Nullable DeviceKind deviceKind,
            @NotNull Long estimateSeconds,
            @Nullable Integer priority,
            @Nullable Integer maxRetries,
            @Nullable UUID taskId) {
        JobRequest request() {
            return new JobRequest(
                    name,
                    kind,
                    JSON.writeValueAsString(spec),
                    Objects.requireNonNullElse(pool, "default"),
                    Objects.requireNonNullElse(devices, 1),
                    deviceKind,
                    Duration.ofSeconds(estimateSeconds),
                    Objects.requireNonNullElse(priority, JobRequest.DEFAULT_PRIORITY),
                    Objects.requireNonNullElse(maxRetries, JobRequest.DEFAULT_RETRIES),
                    taskId);
        }
    }

    /** What to change. */
    record Change(@NotNull Integer priority) {}

    /** How the copy is to be called; without it as the first one. */
    record Copy(@Nullable String name) {}

    @Operation(summary = "Submit a job; one that could never start is refused, with what would fit")
    @PostMapping
    ResponseEntity<JobView> submit(@RequestBody NewJob body) {
        return created(jobs.submit(body.request()));
    }

    @Operation(summary = "List the jobs, newest first")
    @GetMapping
    Page<JobView> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable List<JobState> state,
            @RequestParam(required = false) @Nullable UUID user,
            @RequestParam(required = false) @Nullable String pool) {
        return jobs.list(new JobFilter(state == null ? List.of() : state, user, pool), page);
    }

    @Operation(summary = "Show a job")
    @GetMapping("/{id}")
    JobView get(@PathVariable UUID id) {
        return jobs.get(id);
    }

    @Operation(summary = "Show what it runs, as it was submitted")
    @GetMapping(path = "/{id}/spec", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> spec(@PathVariable UUID id) {
        return JSON.readerForMapOf(Object.class).readValue(jobs.spec(id));
    }

    @Operation(summary = "List every state it went through, oldest first, with who or what did it")
    @GetMapping("/{id}/history")
    List<Transition> history(@PathVariable UUID id) {
        return jobs.history(id);
    }

    @Operation(summary = "List the attempts at it, oldest first")
    @GetMapping("/{id}/attempts")
    List<AttemptView> attempts(@PathVariable UUID id) {
        return jobs.attempts(id);
    }

    @Operation(summary = "Change its priority")
    @PatchMapping("/{id}")
    JobView change(@PathVariable UUID id, @RequestBody Change body, IfMatch version) {
        return jobs.prioritise(id, body.priority(), version);
    }

    @Operation(summary = "End it now, whatever it does")
    @PostMapping("/{id}/cancel")
    JobView cancel(@PathVariable UUID id) {
        return jobs.cancel(id);
    }

    @Operation(summary = "Stop it until it is resumed: at once while it waits, after a checkpoint while it runs")
    @PostMapping("/{id}/pause")
    JobView pause(@PathVariable UUID id) {
        return jobs.pause(id);
    }

    @Operation(summary = "Put a paused job back into the queue; it goes on from its last checkpoint")
    @PostMapping("/{id}/resume")
    JobView resume(@PathVariable UUID id) {
        return jobs.resume(id);
    }

    @Operation(summary = "Have it write a checkpoint beyond those it writes by itself")
    @PostMapping("/{id}/checkpoint")
    JobView checkpoint(@PathVariable UUID id) {
        return jobs.checkpoint(id);
    }

    @Operation(summary = "Submit the same again, as your own")
    @PostMapping("/{id}/clone")
    ResponseEntity<JobView> clone(@PathVariable UUID id, @RequestBody Copy body) {
        return created(jobs.clone(id, body.name()));
    }

    private static ResponseEntity<JobView> created(JobView job) {
        return ResponseEntity.created(URI.create("/api/v1/jobs/" + job.id())).body(job);
    }
}
