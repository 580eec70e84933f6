package dev.temper.web.task;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
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

/** A task and how its run goes. */
@Controller
@RequestMapping("/t/{tenant}/tasks")
class TaskPages {
    private final Tasks tasks;
    private final Jobs jobs;
    private final Datasets datasets;
    private final TaskProgress progress;
    private final Measured comparison;
    private final Left left;
    private final Exported exported;
    private final LiveAddress live;
    private final MessageSource words;

    TaskPages(
            Tasks tasks,
            Jobs jobs,
            Datasets datasets,
            TaskProgress progress,
            Measured comparison,
            Left left,
            Exported exported,
            LiveAddress live,
            MessageSource words) {
        this.tasks = tasks;
        this.jobs = jobs;
        this.datasets = datasets;
        this.progress = progress;
        this.comparison = comparison;
        this.left = left;
        this.exported = exported;
        this.live = live;
        this.words = words;
    }

    /**
     * A dataset version that is learned from.
     *
     * @param href null where it was deleted
     */
    record Source(String name, @Nullable String href) {}

    /** What came of a run. */
    record Output(String path, String size, String sha256) {}

    @ModelAttribute("area")
    String area() {
        return "tasks";
    }

    @GetMapping("/{number:\\d{1,18}}")
    String look(
            @PathVariable long number,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable Long step,
            ChartForm chart,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        TaskView task = tasks.byNumber(number);
        Exported.Shown others = exported.of(task, locale, formats);
        List<String> topics = topics(task, others);
        model.addAttribute("live", live.of(shell, topics.toArray(String[]::new)));
        model.addAttribute("follows", topics.isEmpty() ? null : String.join(" ", topics));
        model.addAttribute("exported", others);
        model.addAttribute("task", task);
        progress.show(task, chart, model, locale, formats);
        comparison.show(task, model, formats, locale);
        model.addAttribute("log", Log.of((id, limit) -> tasks.told(task, id, limit), q));
        model.addAttribute("q", q);
        model.addAttribute("sources", sources(task, shell));
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        left.show(task, model, locale, formats);
        model.addAttribute(
                "outputs",
                tasks.outputs(task).stream()
                        .map(file -> new Output(file.path(), formats.number(file.size()), file.sha256()))
                        .toList());
        model.addAttribute("answers", Answers.of(tasks.samples(task), step));
        model.addAttribute(
                "here", shell.path() + (request.getQueryString() == null ? "" : "?" + request.getQueryString()));
        model.addAttribute("crumbs", crumbs(locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/tasks/" + task.id()));
        return "task/task";
    }

    /** What changes the page: its run while that lasts, and what is made after it. */
    private static List<String> topics(TaskView task, Exported.Shown others) {
        List<String> topics = new ArrayList<>(others.topics());
        if (!task.job().state().ended()) {
            topics.add("job." + task.job().number());
            topics.add("run." + task.job().number());
        }
        if (!topics.isEmpty()) {
            topics.add("queue");
        }
        return topics;
    }

    private List<Source> sources(TaskView task, Shell shell) {
        return JsonMapper.shared()
                .readTree(task.data())
                .valueStream()
                .map(one -> source(one, shell))
                .toList();
    }

    private Source source(JsonNode one, Shell shell) {
        String version = one.path("number").asString("");
        String name = one.path("name").asString("") + " v" + version;
        try {
            long dataset = datasets.get(UUID.fromString(one.path("dataset").asString("")))
                    .number();
            return new Source(
                    name,
                    "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/datasets/" + dataset + "/v" + version);
        } catch (Problem deleted) {
            return new Source(name, null);
        }
    }

    @PostMapping("/{number:\\d{1,18}}/pause")
    String pause(
            @PathVariable long number, Locale locale, @ModelAttribute("shell") Shell shell, RedirectAttributes to) {
        return change(number, "jobs.was_paused", job -> jobs.pause(job.id()), locale, shell, to);
    }

    @PostMapping("/{number:\\d{1,18}}/resume")
    String resume(
            @PathVariable long number, Locale locale, @ModelAttribute("shell") Shell shell, RedirectAttributes to) {
        return change(number, "jobs.was_resumed", job -> jobs.resume(job.id()), locale, shell, to);
    }

    @GetMapping("/{number:\\d{1,18}}/cancel")
    String ask(@PathVariable long number, Model model, Locale locale, @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        TaskView task = tasks.byNumber(number);
        model.addAttribute("task", task);
        model.addAttribute("crumbs", crumbs(locale, shell));
        return "task/cancel";
    }

    @PostMapping("/{number:\\d{1,18}}/cancel")
    String cancel(
            @PathVariable long number, Locale locale, @ModelAttribute("shell") Shell shell, RedirectAttributes to) {
        TaskView task = tasks.byNumber(number);
        if (task.job().state() == JobState.CANCELLED) {
            Told.note("jobs.already_cancelled", "#" + number + " " + task.name())
                    .on(to);
            return "redirect:" + root(shell) + "/" + number;
        }
        return change(number, "jobs.was_cancelled", job -> jobs.cancel(job.id()), locale, shell, to);
    }

    private String change(
            long number, String done, Consumer<JobView> change, Locale locale, Shell shell, RedirectAttributes to) {
        TaskView task = tasks.byNumber(number);
        try {
            change.accept(task.job());
            Told.done(done, "#" + number + " " + task.name()).on(to);
        } catch (Problem problem) {
            Told.wrong("jobs.refused", Refused.of(problem, locale).message()).on(to);
        }
        return "redirect:" + root(shell) + "/" + number;
    }

    @GetMapping("/{number:\\d{1,18}}/output")
    ResponseEntity<Resource> take(@PathVariable long number, @RequestParam String path) {
        return tasks.take(tasks.byNumber(number).id(), path).answer();
    }

    private List<Crumb> crumbs(Locale locale, Shell shell) {
        return List.of(new Crumb(words.getMessage("tasks.title", null, locale), root(shell)));
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/tasks";
    }
}
