package dev.temper.platform.scheduling.web;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.scheduling.FleetJob;
import dev.temper.platform.scheduling.FleetQueue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/fleet-jobs")
@Tag(
        name = "fleet-jobs",
        description = "What runs and waits over all tenants (platform admin); nothing of what it is about.")
class FleetJobController {
    private final FleetQueue queue;

    FleetJobController(FleetQueue queue) {
        this.queue = queue;
    }

    /** @param reason in words that the job's people read */
    record Preemption(@NotBlank String reason) {}

    /**
     * How urgent it is to be.
     *
     * @param priority 0 to 100
     * @param reason for the audit log
     */
    record Urgency(@NotNull Integer priority, @NotBlank String reason) {}

    @Operation(summary = "List the jobs that hold devices, then those that wait, by position (platform admin)")
    @GetMapping
    Page<FleetJob> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable String pool,
            @RequestParam(required = false) @Nullable UUID tenant) {
        return queue.open(pool, tenant, page);
    }

    @Operation(summary = "Show one that has not ended (platform admin)")
    @GetMapping("/{id}")
    FleetJob get(@PathVariable UUID id) {
        return queue.get(id);
    }

    @Operation(summary = "Have it give its devices back after a checkpoint and wait again (platform admin)")
    @PostMapping("/{id}/preempt")
    FleetJob preempt(@PathVariable UUID id, @RequestBody Preemption body) {
        return queue.preempt(id, body.reason());
    }

    @Operation(summary = "Have it come sooner or later than its tenant's others (platform admin)")
    @PostMapping("/{id}/prioritise")
    FleetJob prioritise(@PathVariable UUID id, @RequestBody Urgency body) {
        return queue.prioritise(id, body.priority(), body.reason());
    }
}
