package dev.temper.platform.scheduling.web;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.scheduling.QueueEntry;
import dev.temper.platform.scheduling.Waits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/queue")
@Tag(name = "queue", description = "The tenant's jobs that wait: where, why, and until when probably.")
class QueueController {
    private final Waits waits;

    QueueController(Waits waits) {
        this.waits = waits;
    }

    @Operation(summary = "List the waiting jobs in the order of the pools and of their queues")
    @GetMapping
    Page<QueueEntry> list(PageQuery page, @RequestParam(required = false) @Nullable String pool) {
        return waits.queue(pool, page);
    }

    @Operation(summary = "Show why a job waits")
    @GetMapping("/{id}")
    QueueEntry get(@PathVariable UUID id) {
        return waits.entry(id);
    }
}
