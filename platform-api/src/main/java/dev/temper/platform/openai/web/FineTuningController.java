package dev.temper.platform.openai.web;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.openai.FineTuning;
import dev.temper.platform.openai.JobRequestBody;
import dev.temper.platform.openai.ListObject;
import dev.temper.platform.openai.PublicId;
import dev.temper.platform.openai.TuningJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/fine_tuning/jobs")
class FineTuningController {
    private static final int MOST = 100;
    private static final String METADATA = "metadata[";

    private final FineTuning jobs;

    FineTuningController(FineTuning jobs) {
        this.jobs = jobs;
    }

    @PostMapping
    TuningJob create(@RequestBody JobRequestBody body) {
        return jobs.create(body);
    }

    @GetMapping
    ListObject<TuningJob> list(
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam Map<String, String> query) {
        int most = Limit.of(limit, MOST);
        Map<String, String> metadata = new LinkedHashMap<>();
        query.forEach((name, value) -> {
            if (name.startsWith(METADATA) && name.endsWith("]")) {
                metadata.put(name.substring(METADATA.length(), name.length() - 1), value);
            }
        });
        List<TuningJob> found = jobs.list(after == null ? null : PublicId.JOB.read(after), metadata, most + 1);
        return ListObject.of(found, most, TuningJob::id);
    }

    @GetMapping("/{id}")
    TuningJob get(@PathVariable String id) {
        return jobs.get(PublicId.JOB.read(id));
    }

    @PostMapping("/{id}/cancel")
    TuningJob cancel(@PathVariable String id) {
        return jobs.cancel(PublicId.JOB.read(id));
    }

    @PostMapping("/{id}/pause")
    TuningJob pause(@PathVariable String id) {
        return jobs.pause(PublicId.JOB.read(id));
    }

    @PostMapping("/{id}/resume")
    TuningJob resume(@PathVariable String id) {
        return jobs.resume(PublicId.JOB.read(id));
    }

    @GetMapping("/{id}/events")
    ListObject<TuningJob.Event> events(
            @PathVariable String id,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String after) {
        int most = Limit.of(limit, MOST);
        return ListObject.of(
                jobs.events(PublicId.JOB.read(id), number("ftevent-", after), most + 1), most, TuningJob.Event::id);
    }

    @GetMapping("/{id}/checkpoints")
    ListObject<TuningJob.Checkpoint> checkpoints(
            @PathVariable String id,
            @RequestParam(defaultValue = "10") int limit,
            @RequestParam(required = false) @Nullable String after) {
        int most = Limit.of(limit, MOST);
        return ListObject.of(
                jobs.checkpoints(PublicId.JOB.read(id), number("ftckpt_", after), most + 1),
                most,
                TuningJob.Checkpoint::id);
    }

    private static long number(String prefix, @Nullable String after) {
        if (after == null) {
            return Long.MAX_VALUE;
        }
        if (!after.matches(prefix + "\\d{1,18}")) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        return Long.parseLong(after.substring(prefix.length()));
    }
}
