package dev.temper.web.task;

import dev.temper.contract.Defaults;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.job.KeptCheckpoint;
import dev.temper.platform.task.Change;
import dev.temper.platform.task.Continuations;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.web.compute.Measures;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Going on from what a task left: from a checkpoint, or once more from the beginning. */
@Controller
@RequestMapping("/t/{tenant}/tasks/{number:\\d{1,18}}")
class ContinuePages {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Tasks tasks;
    private final Continuations continuations;
    private final MessageSource words;

    ContinuePages(Tasks tasks, Continuations continuations, MessageSource words) {
        this.tasks = tasks;
        this.continuations = continuations;
        this.words = words;
    }

    /**
     * What is typed.
     *
     * @param length epochs, or steps where the task counted those
     */
    record Form(String name, @Nullable Long step, String length) {}

    @ModelAttribute("area")
    String area() {
        return "tasks";
    }

    @GetMapping("/continue")
    String ask(
            @PathVariable long number,
            @RequestParam(required = false) @Nullable Long step,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        TaskView task = tasks.byNumber(number);
        return form(task, new Form(task.name(), step, length(task)), null, request, model, locale, shell);
    }

    @PostMapping("/continue")
    String goOn(
            @PathVariable long number,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable Long step,
            @RequestParam(defaultValue = "") String length,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes to) {
        TaskView task = tasks.byNumber(number);
        try {
            TaskView next = continuations.goOn(task.id(), change(task, name, step, length));
            Told.done("tasks.went_on", "#" + number, "#" + next.number()).on(to);
            return "redirect:" + root(shell) + "/" + next.number();
        } catch (Problem problem) {
            Refused refused = Refused.of(problem, locale);
            return form(task, new Form(name, step, length), refused, request, model, locale, shell);
        }
    }

    private static Change change(TaskView task, String name, @Nullable Long step, String length) {
        ObjectNode settings = JSON.createObjectNode();
        String typed = length.strip();
        if (!typed.isEmpty() && !typed.equals(length(task))) {
            ObjectNode schedule = settings.withObject("/schedule");
            if (bySteps(task)) {
                schedule.put("maxSteps", TaskForm.whole("length", typed));
            } else {
                schedule.put("numTrainEpochs", TaskForm.number("length", typed));
            }
        }
        return new Change(step, name.isBlank() ? null : name.strip(), settings.toString(), null, null, null);
    }

    private String form(
            TaskView task,
            Form form,
            @Nullable Refused refused,
            HttpServletRequest request,
            Model model,
            Locale locale,
            Shell shell) {
        List<Long> steps = continuations.checkpoints(task).stream()
                .filter(KeptCheckpoint::resumable)
                .map(KeptCheckpoint::step)
                .toList();
        model.addAttribute("task", task);
        model.addAttribute("form", form);
        model.addAttribute("steps", steps);
        model.addAttribute("bySteps", bySteps(task));
        if (refused != null) {
            model.addAttribute("refused", refused);
        }
        model.addAttribute("crumbs", crumbs(task, locale, shell));
        model.addAttribute("apiCall", ApiCall.post(request, "/api/v1/tasks/" + task.id() + "/continue"));
        return "task/continue";
    }

    /** Why it can't be is told on its page, where all that may be done instead stands. */
    @PostMapping("/retry")
    String retry(
            @PathVariable long number, Locale locale, @ModelAttribute("shell") Shell shell, RedirectAttributes to) {
        TaskView task = tasks.byNumber(number);
        return told(shell, locale, to, number, () -> {
            TaskView next = continuations.retry(task.id());
            Told.done("tasks.retried", "#" + number, "#" + next.number()).on(to);
            return next.number();
        });
    }

    /** Beyond recall, and so it is asked about first. */
    @GetMapping("/checkpoints/{step}/delete")
    String ask(
            @PathVariable long number,
            @PathVariable long step,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        TaskView task = tasks.byNumber(number);
        KeptCheckpoint saved = continuations.checkpoint(task, step);
        model.addAttribute("task", task);
        model.addAttribute("saved", saved);
        model.addAttribute("size", Measures.size(saved.size()));
        model.addAttribute("uses", continuations.uses(task, step));
        model.addAttribute("crumbs", crumbs(task, locale, shell));
        return "task/checkpoint-delete";
    }

    @PostMapping("/checkpoints/{step}/delete")
    String delete(
            @PathVariable long number,
            @PathVariable long step,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes to) {
        TaskView task = tasks.byNumber(number);
        return told(shell, locale, to, number, () -> {
            continuations.delete(task.id(), step);
            Told.done("tasks.checkpoint.deleted", String.valueOf(step)).on(to);
            return number;
        });
    }

    private static String told(Shell shell, Locale locale, RedirectAttributes to, long number, Supplier<Long> work) {
        long next = number;
        try {
            next = work.get();
        } catch (Problem problem) {
            Told.wrong("jobs.refused", Refused.of(problem, locale).message()).on(to);
        }
        return "redirect:" + root(shell) + "/" + next;
    }

    @GetMapping("/checkpoints/{step}/file")
    ResponseEntity<Resource> take(@PathVariable long number, @PathVariable long step, @RequestParam String path) {
        TaskView task = tasks.byNumber(number);
        return continuations.take(task.id(), step, path).answer();
    }

    private static boolean bySteps(TaskView task) {
        return schedule(task).path("maxSteps").asLong(0) > 0;
    }

    /** How long it was to be. */
    private static String length(TaskView task) {
        JsonNode length = schedule(task).path(bySteps(task) ? "maxSteps" : "numTrainEpochs");
        return Figures.typed(
                length.isNumber()
                        ? length.decimalValue()
                        : Double.valueOf(Defaults.schedule().numTrainEpochs()));
    }

    private static JsonNode schedule(TaskView task) {
        return JSON.readTree(task.asked()).path("settings").path("schedule");
    }

    private List<Crumb> crumbs(TaskView task, Locale locale, Shell shell) {
        return List.of(
                new Crumb(say("tasks.title", locale), root(shell)),
                new Crumb("#" + task.number() + " " + task.name(), root(shell) + "/" + task.number()));
    }

    private String say(String key, Locale locale) {
        return Objects.requireNonNull(words.getMessage(key, null, locale));
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/tasks";
    }
}
