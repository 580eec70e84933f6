package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.scheduling.FleetJob;
import dev.temper.platform.scheduling.FleetQueue;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One job as the platform's admins see it: why it waits, and the two things they may do, each with a reason. */
@Controller
@RequestMapping("/admin/queue/{id}")
class FleetJobPages {
    private static final String ROOT = "/admin/queue";

    private final FleetQueue queue;
    private final WaitWords waitWords;
    private final MessageSource words;

    FleetJobPages(FleetQueue queue, WaitWords waitWords, MessageSource words) {
        this.queue = queue;
        this.waitWords = waitWords;
        this.words = words;
    }

    @ModelAttribute("area")
    String area() {
        return "fleet";
    }

    @GetMapping
    String job(
            @PathVariable UUID id,
            Model model,
            Locale locale,
            HttpServletRequest request,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        FleetJob job = queue.get(id);
        model.addAttribute("priority", String.valueOf(job.priority()));
        return draw(job, model, locale, request, formats);
    }

    private String draw(FleetJob job, Model model, Locale locale, HttpServletRequest request, Formats formats) {
        model.addAttribute("job", FleetPages.Row.of(job, formats));
        model.addAttribute("queued", formats.moment(job.queuedSince()));
        queue.why(job.id()).ifPresent(wait -> model.addAttribute("why", waitWords.say(wait, formats, locale)));
        model.addAttribute(
                "may",
                switch (job.state()) {
                    case ASSIGNED, STARTING, RUNNING -> true;
                    case QUEUED, PAUSING, PAUSED, PREEMPTING, SUCCEEDED, FAILED, CANCELLED -> false;
                });
        model.addAttribute(
                "crumbs",
                List.of(new Crumb(Objects.requireNonNull(words.getMessage("fleet.title", null, locale)), ROOT)));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/fleet-jobs/" + job.id()));
        return "compute/fleet-job";
    }

    @PostMapping("/preempt")
    String preempt(
            @PathVariable UUID id,
            @RequestParam String reason,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        try {
            Told.done("fleet.was_preempted", name(queue.preempt(id, reason))).on(redirect);
            return "redirect:" + ROOT;
        } catch (Problem problem) {
            return refused(problem, id, "", model, locale, request, response, formats);
        }
    }

    @PostMapping("/prioritise")
    String prioritise(
            @PathVariable UUID id,
            @RequestParam String priority,
            @RequestParam String reason,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        try {
            FleetJob job = queue.prioritise(id, Numbers.whole("/priority", priority), reason);
            Told.done("fleet.was_prioritised", name(job), String.valueOf(job.priority()))
                    .on(redirect);
            return "redirect:" + ROOT;
        } catch (Problem problem) {
            return refused(problem, id, priority, model, locale, request, response, formats);
        }
    }

    private String refused(
            Problem problem,
            UUID id,
            String priority,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            Formats formats) {
        FleetJob job = queue.get(id);
        Refused.show(problem, model, response, locale);
        model.addAttribute("priority", priority.isEmpty() ? String.valueOf(job.priority()) : priority);
        return draw(job, model, locale, request, formats);
    }

    private static String name(FleetJob job) {
        return job.tenant() + " #" + job.number();
    }
}
