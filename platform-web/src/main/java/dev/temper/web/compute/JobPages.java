package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.job.AttemptView;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.Transition;
import dev.temper.platform.scheduling.Waits;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

/** One job: where it stands and why, each state it went through, each try at it. */
@Controller
@RequestMapping("/t/{tenant}/queue/{number:\\d{1,18}}")
class JobPages {
    private final Jobs jobs;
    private final Waits waits;
    private final WaitWords waitWords;
    private final Reasons reasons;
    private final Measures measures;
    private final Clock clock;
    private final MessageSource words;
    private final LiveAddress live;

    JobPages(
            Jobs jobs,
            Waits waits,
            WaitWords waitWords,
            Reasons reasons,
            Measures measures,
            Clock clock,
            MessageSource words,
            LiveAddress live) {
        this.jobs = jobs;
        this.waits = waits;
        this.waitWords = waitWords;
        this.reasons = reasons;
        this.measures = measures;
        this.clock = clock;
        this.words = words;
        this.live = live;
    }

    /** A line of the timeline: what it became, and how long it stayed that. */
    record Step(
            Status status,
            String why,
            String who,
            @Nullable String detail,
            int attempt,
            @Nullable Moment at,
            String lasted) {}

    record Try(
            int number,
            String node,
            boolean borrowed,
            @Nullable Moment assigned,
            @Nullable Moment started,
            String worked,
            String end) {}

    @ModelAttribute("area")
    String area() {
        return "queue";
    }

    @GetMapping
    String job(
            @PathVariable long number,
            Model model,
            Locale locale,
            HttpServletRequest request,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.READ);
        model.addAttribute("live", live.of(shell, "job." + number, "queue"));
        JobView job = jobs.byNumber(number);
        model.addAttribute("job", job);
        model.addAttribute("status", Status.of(job.state()));
        model.addAttribute("estimate", measures.duration(Duration.ofSeconds(job.estimateSeconds()), locale));
        model.addAttribute("worked", measures.duration(worked(job), locale));
        model.addAttribute("submitted", formats.moment(job.submittedAt()));
        waits.of(job.id())
                .ifPresent(wait -> model.addAttribute(
                        "wait",
                        new JobRow.Wait(
                                wait.position(),
                                waitWords.say(wait, formats, locale),
                                formats.moment(wait.estimatedStart()))));
        model.addAttribute("steps", steps(jobs.history(job.id()), locale, formats));
        model.addAttribute(
                "tries",
                jobs.attempts(job.id()).stream()
                        .map(attempt -> attempt(attempt, locale, formats))
                        .toList());
        model.addAttribute("may", JobChanges.of(job));
        model.addAttribute("crumbs", List.of(new Crumb(say("queue.title", locale), root(shell))));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/jobs/" + job.id()));
        return "compute/job";
    }

    @GetMapping("/cancel")
    String ask(@PathVariable long number, Model model, Locale locale, @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        JobView job = jobs.byNumber(number);
        model.addAttribute("job", job);
        model.addAttribute(
                "crumbs",
                List.of(
                        new Crumb(say("queue.title", locale), root(shell)),
                        new Crumb("#" + job.number() + " " + job.name(), root(shell) + "/" + job.number())));
        return "compute/cancel";
    }

    @PostMapping("/cancel")
    String cancel(
            @PathVariable long number,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        return change(number, "jobs.was_cancelled", job -> jobs.cancel(job.id()), locale, shell, redirect);
    }

    @PostMapping("/pause")
    String pause(
            @PathVariable long number,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        return change(number, "jobs.was_paused", job -> jobs.pause(job.id()), locale, shell, redirect);
    }

    @PostMapping("/resume")
    String resume(
            @PathVariable long number,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        return change(number, "jobs.was_resumed", job -> jobs.resume(job.id()), locale, shell, redirect);
    }

    @PostMapping("/prioritise")
    String prioritise(
            @PathVariable long number,
            @RequestParam String priority,
            @RequestParam long version,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        return change(
                number,
                "jobs.was_prioritised",
                job -> jobs.prioritise(job.id(), Numbers.whole("/priority", priority), new IfMatch(List.of(version))),
                locale,
                shell,
                redirect);
    }

    private String change(
            long number,
            String done,
            Consumer<JobView> change,
            Locale locale,
            Shell shell,
            RedirectAttributes redirect) {
        JobView job = jobs.byNumber(number);
        try {
            change.accept(job);
            Told.done(done, "#" + number + " " + job.name()).on(redirect);
        } catch (Problem problem) {
            Told.wrong("jobs.refused", Refused.of(problem, locale).message()).on(redirect);
        }
        return "redirect:" + root(shell) + "/" + number;
    }

    private List<Step> steps(List<Transition> history, Locale locale, Formats formats) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Transition made = history.get(i);
            Instant until = i + 1 < history.size() ? history.get(i + 1).at() : clock.instant();
            boolean last = made.to().ended();
            steps.add(new Step(
                    Status.of(made.to()),
                    reasons.say(made.reason(), locale),
                    made.actor(),
                    made.detail(),
                    made.attempt(),
                    formats.moment(made.at()),
                    last ? "" : measures.duration(Duration.between(made.at(), until), locale)));
        }
        return steps.reversed();
    }

    private Try attempt(AttemptView attempt, Locale locale, Formats formats) {
        Instant began = attempt.startedAt();
        Instant ended = attempt.endedAt();
        return new Try(
                attempt.number(),
                attempt.node() == null ? "–" : attempt.node(),
                attempt.borrowed(),
                formats.moment(attempt.assignedAt()),
                formats.moment(began),
                began == null
                        ? "–"
                        : measures.duration(Duration.between(began, ended == null ? clock.instant() : ended), locale),
                ended == null ? say("jobs.goes_on", locale) : reasons.say(attempt.endReason(), locale));
    }

    /** In the attempts that ended, and in the one that runs. */
    private Duration worked(JobView job) {
        Duration before = Duration.ofSeconds(job.workedSeconds());
        return job.state() == JobState.RUNNING
                ? before.plus(Duration.between(job.stateSince(), clock.instant()))
                : before;
    }

    private String say(String key, Locale locale) {
        return Objects.requireNonNull(words.getMessage(key, null, locale));
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/queue";
    }
}
