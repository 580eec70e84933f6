package dev.temper.web.task;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Tokenizers;
import dev.temper.platform.job.JobEvent;
import dev.temper.platform.job.JobState;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The tasks of a tenant: choosing what to train, and watching it. */
@Controller
@RequestMapping("/t/{tenant}/tasks")
class TaskPages {
    private static final int EVENTS = 5_000;

    private final Tasks tasks;
    private final Datasets datasets;
    private final Tokenizers models;
    private final Pools pools;
    private final Cursors cursors;
    private final Once once;
    private final MessageSource words;

    TaskPages(
            Tasks tasks,
            Datasets datasets,
            Tokenizers models,
            Pools pools,
            Cursors cursors,
            Once once,
            MessageSource words) {
        this.tasks = tasks;
        this.datasets = datasets;
        this.models = models;
        this.pools = pools;
        this.cursors = cursors;
        this.once = once;
        this.words = words;
    }

    /** A task in the list. */
    record Line(
            long number,
            String name,
            String model,
            JobState state,
            String owner,
            @Nullable Object started) {}

    record Lines(List<Line> items, Pages pages) {}

    /** A dataset's newest version, to choose from. */
    record Choice(UUID version, String name) {}

    /** What came of a run. */
    record Output(String path, String size) {}

    @ModelAttribute("area")
    String area() {
        return "tasks";
    }

    @GetMapping
    String list(PageQuery page, HttpServletRequest request, Model model, @ModelAttribute("fmt") Formats formats) {
        Page<TaskView> found = tasks.list(page);
        model.addAttribute(
                "tasks",
                new Lines(
                        found.items().stream()
                                .map(task -> new Line(
                                        task.number(),
                                        task.name(),
                                        task.model(),
                                        task.job().state(),
                                        task.createdBy(),
                                        formats.moment(task.createdAt())))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/tasks"));
        return "task/tasks";
    }

    @GetMapping("/new")
    String form(
            @RequestParam(required = false) @Nullable UUID version,
            @RequestParam(defaultValue = "lora") String method,
            @RequestParam(defaultValue = "sft") String stage,
            @RequestParam(defaultValue = "") String base,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        List<String> bases = models.models();
        List<String> pooled = pools();
        String name = version == null
                ? ""
                : datasets.get(datasets.version(version).dataset()).name() + " " + method;
        TaskForm form = TaskForm.proposed(
                name,
                version,
                base.isEmpty() && !bases.isEmpty() ? bases.getFirst() : base,
                stage,
                method,
                pooled.isEmpty() ? "" : pooled.getFirst());
        return draw(form, once.key(), model, locale, shell);
    }

    private String draw(TaskForm form, String key, Model model, Locale locale, Shell shell) {
        List<Choice> choices = new ArrayList<>();
        for (DatasetView dataset : datasets.list(cursors.query(PageQuery.MAX_LIMIT, null, "tasks"), null)
                .items()) {
            DatasetView.Latest latest = dataset.latest();
            if (latest != null) {
                choices.add(new Choice(latest.id(), dataset.name() + " v" + latest.number() + " · " + latest.rows()));
            }
        }
        if (form.version() != null
                && choices.stream().noneMatch(choice -> choice.version().equals(form.version()))) {
            choices.addFirst(new Choice(form.version(), form.name()));
        }
        model.addAttribute("form", form);
        model.addAttribute("once", key);
        model.addAttribute("versions", choices);
        model.addAttribute("models", models.models());
        model.addAttribute("pools", pools());
        model.addAttribute("crumbs", crumbs(locale, shell));
        return "task/new";
    }

    private List<String> pools() {
        return pools.list().stream().map(pool -> pool.name()).toList();
    }

    @PostMapping
    String start(
            @RequestParam Map<String, String> typed,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletResponse response) {
        TaskForm form = TaskForm.typed(typed);
        try {
            return once.lead(
                    key,
                    () -> "redirect:" + root(shell) + "/"
                            + tasks.start(form.request()).number());
        } catch (Problem problem) {
            response.setStatus(problem.code().status());
            model.addAttribute("refused", Refused.of(problem, locale));
        } catch (CodedException wrong) {
            response.setStatus(422);
            model.addAttribute(
                    "refused",
                    new Refused(wrong.code(), CodedTexts.of(wrong, locale).sentence(locale), List.of()));
        }
        return draw(form, key, model, locale, shell);
    }

    @GetMapping("/{number}")
    String look(
            @PathVariable long number,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        TaskView task = tasks.byNumber(number);
        List<JobEvent> events = tasks.events(task.id(), 0, EVENTS);
        model.addAttribute("task", task);
        model.addAttribute("moving", !task.job().state().ended());
        model.addAttribute("started", formats.moment(task.createdAt()));
        model.addAttribute("curve", LossCurve.of(events));
        model.addAttribute("log", Log.of(events));
        model.addAttribute(
                "outputs",
                tasks.outputs(task.id()).stream()
                        .map(file -> new Output(file.path(), formats.number(file.size())))
                        .toList());
        model.addAttribute("crumbs", crumbs(locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/tasks/" + task.id()));
        return "task/task";
    }

    @GetMapping("/{number}/output")
    void take(@PathVariable long number, @RequestParam String path, HttpServletResponse response) throws IOException {
        TaskView task = tasks.byNumber(number);
        try (InputStream content = tasks.take(task.id(), path)) {
            response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8)
                            .build()
                            .toString());
            content.transferTo(response.getOutputStream());
        }
    }

    private List<Crumb> crumbs(Locale locale, Shell shell) {
        return List.of(new Crumb(words.getMessage("tasks.title", null, locale), root(shell)));
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/tasks";
    }
}
