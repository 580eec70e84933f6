package dev.temper.platform.job.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.job.JobEvent;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/jobs/{id}/events")
@Tag(name = "jobs")
class JobEventController {
    private final Jobs jobs;
    private final JobEvents events;

    JobEventController(Jobs jobs, JobEvents events) {
        this.jobs = jobs;
        this.events = events;
    }

    /**
     * Something that happened in a run.
     *
     * @param id grows; the one to ask for what came after
     * @param type as in metrics, log, sample, checkpoint
     * @param body what is told, by type
     */
    record EventView(
            long id,
            Instant at,
            String type,
            @JsonRawValue @Schema(type = "object") String body) {
        static EventView of(JobEvent event) {
            return new EventView(event.id(), event.at(), event.type(), event.body());
        }
    }

    @Operation(
            summary =
                    "List what its run told, oldest first; whoever watches asks for what came after the last one seen")
    @GetMapping
    Page<EventView> list(@PathVariable UUID id, PageQuery page, @RequestParam(defaultValue = "0") long after) {
        jobs.get(id);
        long from = page.after().map(key -> key.number(0)).orElse(after);
        List<EventView> found =
                events.after(id, from, page.fetch()).stream().map(EventView::of).toList();
        return page.slice(found, event -> Keyset.of(event.id()));
    }
}
