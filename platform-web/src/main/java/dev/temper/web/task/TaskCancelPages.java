package dev.temper.web.task;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.web.compute.JobChanges;
import dev.temper.web.compute.Status;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Several tasks cancelled at once: the ticked ones, or all that a filter leaves. */
@Controller
@RequestMapping("/t/{tenant}/tasks/cancel")
class TaskCancelPages {
    /** At once; whoever has more does it again. */
    private static final int MOST = 1_000;

    private final Tasks tasks;
    private final Jobs jobs;
    private final MessageSource words;

    TaskCancelPages(Tasks tasks, Jobs jobs, MessageSource words) {
        this.tasks = tasks;
        this.jobs = jobs;
        this.words = words;
    }

    /** A task that would be cancelled. */
    record Line(long number, String name, Status status) {}

    @ModelAttribute("area")
    String area() {
        return "tasks";
    }

    /** @param all whether those of the filter are meant, and not the ticked ones */
    @GetMapping
    String ask(
            @RequestParam(defaultValue = "") List<Long> runs,
            @RequestParam(defaultValue = "false") boolean all,
            TaskNarrowed narrowed,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        List<TaskView> meant = all ? tasks.first(narrowed.filter(), MOST) : tasks.numbered(runs);
        List<TaskView> open =
                meant.stream().filter(task -> !task.job().state().ended()).toList();
        List<Line> mine = open.stream()
                .filter(task -> JobChanges.of(task.job()).cancel())
                .map(task -> new Line(
                        task.number(), task.name(), Status.of(task.job().state())))
                .toList();
        model.addAttribute("lines", mine);
        model.addAttribute("ended", meant.size() - open.size());
        model.addAttribute("others", open.size() - mine.size());
        model.addAttribute("back", root(shell) + narrowed.query());
        model.addAttribute("crumbs", List.of(new Crumb(words.getMessage("tasks.title", null, locale), root(shell))));
        return "task/cancel-several";
    }

    @PostMapping
    String cancel(
            @RequestParam(defaultValue = "") List<Long> runs,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes to) {
        Caller.current().require(Permission.WRITE);
        int cancelled = 0;
        int ended = 0;
        int refused = 0;
        for (TaskView task : tasks.numbered(runs.stream().limit(MOST).toList())) {
            if (task.job().state().ended()) {
                ended++;
                continue;
            }
            try {
                cancelled += jobs.cancel(task.job().id()).state() == JobState.CANCELLED ? 1 : 0;
            } catch (Problem problem) {
                // It has ended meanwhile, or is somebody else's; the others go on.
                refused++;
            }
        }
        Told.done("tasks.cancel.done", "" + cancelled, "" + ended, "" + refused).on(to);
        return "redirect:" + root(shell);
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/tasks";
    }
}
