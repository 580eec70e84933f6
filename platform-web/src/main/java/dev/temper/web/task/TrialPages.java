package dev.temper.web.task;

import dev.temper.contract.CodedException;
import dev.temper.contract.GenerateSpec.Sampling;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.scheduling.Waits;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.platform.task.TrialView;
import dev.temper.platform.task.Trials;
import dev.temper.web.compute.Status;
import dev.temper.web.compute.WaitWords;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

/** Asking what a task has trained, or a checkpoint of it in mid-run, and watching it answer. */
@Controller
@RequestMapping("/t/{tenant}/tasks/{number:\\d{1,18}}/trials")
class TrialPages {
    private final Tasks tasks;
    private final Trials trials;
    private final Jobs jobs;
    private final Waits waits;
    private final WaitWords waitWords;
    private final LiveAddress live;
    private final MessageSource words;

    TrialPages(
            Tasks tasks,
            Trials trials,
            Jobs jobs,
            Waits waits,
            WaitWords waitWords,
            LiveAddress live,
            MessageSource words) {
        this.tasks = tasks;
        this.trials = trials;
        this.jobs = jobs;
        this.waits = waits;
        this.waitWords = waitWords;
        this.live = live;
        this.words = words;
    }

    /** What is typed. */
    record Form(
            @Nullable Long step,
            String prompt,
            String system,
            String maxTokens,
            String temperature,
            String topP,
            boolean base) {
        static Form empty(@Nullable Long step) {
            Sampling standard = Sampling.DEFAULT;
            return new Form(
                    step,
                    "",
                    "",
                    String.valueOf(standard.maxTokens()),
                    String.valueOf(standard.temperature()),
                    String.valueOf(standard.topP()),
                    true);
        }

        Trials.Wanted wanted() {
            Sampling standard = Sampling.DEFAULT;
            return new Trials.Wanted(
                    List.of(Trials.prompt("/prompt", prompt, system.isBlank() ? null : system.strip())),
                    new Sampling(
                            TaskForm.whole("maxTokens", maxTokens),
                            TaskForm.number("temperature", temperature).doubleValue(),
                            TaskForm.number("topP", topP).doubleValue(),
                            standard.topK(),
                            standard.repetitionPenalty(),
                            standard.seed()),
                    base,
                    null);
        }
    }

    @ModelAttribute("area")
    String area() {
        return "tasks";
    }

    @GetMapping("/new")
    String ask(
            @PathVariable long number,
            @RequestParam(required = false) @Nullable Long step,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.WRITE);
        return form(tasks.byNumber(number), Form.empty(step), null, request, model, locale, shell, formats);
    }

    @PostMapping
    String start(
            @PathVariable long number,
            @RequestParam(required = false) @Nullable Long step,
            @RequestParam(defaultValue = "") String prompt,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String maxTokens,
            @RequestParam(defaultValue = "") String temperature,
            @RequestParam(defaultValue = "") String topP,
            @RequestParam(defaultValue = "false") boolean base,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        TaskView task = tasks.byNumber(number);
        Form form = new Form(step, prompt, system, maxTokens, temperature, topP, base);
        Refused refused;
        try {
            TrialView trial = trials.start(task.id(), step, form.wanted());
            return "redirect:" + root(shell) + "/" + number + "/trials/"
                    + trial.job().number();
        } catch (Problem problem) {
            refused = Refused.of(problem, locale);
        } catch (CodedException wrong) {
            refused = Refused.of(wrong, locale);
        }
        return form(task, form, refused, request, model, locale, shell, formats);
    }

    private String form(
            TaskView task,
            Form form,
            @Nullable Refused refused,
            HttpServletRequest request,
            Model model,
            Locale locale,
            Shell shell,
            Formats formats) {
        model.addAttribute("task", task);
        model.addAttribute("form", form);
        model.addAttribute("busy", task.job().state() == JobState.RUNNING);
        model.addAttribute(
                "earlier",
                trials.of(task).stream()
                        .map(trial -> new Earlier(
                                trial.job().number(),
                                trial.asked().getFirst().question(),
                                trial.step(),
                                Status.of(trial.job().state()),
                                formats.moment(trial.job().submittedAt())))
                        .toList());
        if (refused != null) {
            model.addAttribute("refused", refused);
        }
        model.addAttribute("crumbs", crumbs(task, locale, shell));
        model.addAttribute("apiCall", ApiCall.post(request, path(task, form.step())));
        return "task/try";
    }

    /** One that was asked before. */
    record Earlier(
            long job,
            String question,
            @Nullable Long step,
            Status status,
            @Nullable Object at) {}

    @GetMapping("/{job:\\d{1,18}}")
    String look(
            @PathVariable long number,
            @PathVariable long job,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        String topics = "job." + job + " run." + job + " queue";
        model.addAttribute("live", live.of(shell, topics.split(" ")));
        TaskView task = tasks.byNumber(number);
        TrialView trial = trials.get(task.id(), jobs.byNumber(job).id());
        boolean over = trial.job().state().ended();
        model.addAttribute("task", task);
        model.addAttribute("trial", trial);
        model.addAttribute("status", Status.of(trial.job().state()));
        model.addAttribute("follows", over ? null : topics);
        model.addAttribute("here", shell.path());
        model.addAttribute(
                "why",
                waits.of(trial.job().id())
                        .map(wait -> waitWords.say(wait, formats, locale))
                        .orElse(null));
        model.addAttribute("busy", task.job().state() == JobState.RUNNING);
        model.addAttribute("mayAsk", Caller.current().may(Permission.WRITE));
        model.addAttribute("crumbs", crumbs(task, locale, shell));
        model.addAttribute(
                "apiCall",
                ApiCall.get(
                        request,
                        "/api/v1/tasks/" + task.id() + "/trials/" + trial.job().id()));
        return "task/trial";
    }

    private static String path(TaskView task, @Nullable Long step) {
        return "/api/v1/tasks/" + task.id() + (step == null ? "" : "/checkpoints/" + step) + "/trials";
    }

    private List<Crumb> crumbs(TaskView task, Locale locale, Shell shell) {
        return List.of(
                new Crumb(Objects.requireNonNull(words.getMessage("tasks.title", null, locale)), root(shell)),
                new Crumb("#" + task.number() + " " + task.name(), root(shell) + "/" + task.number()));
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/tasks";
    }
}
