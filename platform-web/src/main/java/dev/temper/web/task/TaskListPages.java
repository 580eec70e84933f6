package dev.temper.web.task;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.job.Curves;
import dev.temper.platform.job.Glance;
import dev.temper.platform.model.BaseModels;
import dev.temper.platform.resource.Ledger;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.web.compute.Measures;
import dev.temper.web.compute.Status;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tasks of a tenant: found again among thousands, each at a glance. */
@Controller
@RequestMapping("/t/{tenant}/tasks")
class TaskListPages {
    private static final List<String> METHODS = List.of("lora", "partial", "full", "ia3");

    private final Tasks tasks;
    private final Curves curves;
    private final Ledger ledger;
    private final BaseModels models;
    private final LiveAddress live;

    TaskListPages(Tasks tasks, Curves curves, Ledger ledger, BaseModels models, LiveAddress live) {
        this.tasks = tasks;
        this.curves = curves;
        this.ledger = ledger;
        this.models = models;
        this.live = live;
    }

    /**
     * A task in the list.
     *
     * @param data the dataset versions it learns from
     * @param method empty where this page has no word for it
     * @param percent how much of its steps is done; null before the first, and once it has ended
     * @param loss the last one; null before the first
     * @param spark the losses as points of a polyline of 100 by 24; empty where there are fewer than two
     */
    record Line(
            long number,
            String name,
            String data,
            String model,
            String method,
            Status status,
            @Nullable Long percent,
            @Nullable String loss,
            String spark,
            String hours,
            String owner,
            @Nullable Object started) {}

    record Lines(List<Line> items, Pages pages) {}

    @ModelAttribute("area")
    String area() {
        return "tasks";
    }

    @GetMapping
    String list(
            PageQuery page,
            TaskNarrowed narrowed,
            HttpServletRequest request,
            Model model,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Page<TaskView> found = tasks.list(narrowed.filter(), page);
        List<UUID> jobs = found.items().stream().map(task -> task.job().id()).toList();
        Map<UUID, Glance> glances = curves.glances(jobs);
        Map<UUID, BigDecimal> held = ledger.ofJobs(jobs);
        model.addAttribute(
                "tasks",
                new Lines(
                        found.items().stream()
                                .map(task -> line(
                                        task,
                                        glances.get(task.job().id()),
                                        held.getOrDefault(task.job().id(), BigDecimal.ZERO),
                                        formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("live", live.of(shell, "job"));
        model.addAttribute("narrowed", narrowed);
        model.addAttribute("methods", METHODS);
        model.addAttribute(
                "models", models.usable().stream().map(one -> one.name()).toList());
        model.addAttribute(
                "here", "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/tasks");
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/tasks"));
        return "task/tasks";
    }

    private static Line line(TaskView task, @Nullable Glance glance, BigDecimal held, Formats formats) {
        String method = JsonMapper.shared()
                .readTree(task.asked())
                .at("/settings/method/type")
                .asString("lora");
        boolean moving = !task.job().state().ended() && glance != null && glance.totalSteps() > 0;
        Double loss = glance == null ? null : glance.loss();
        return new Line(
                task.number(),
                task.name(),
                JsonMapper.shared()
                        .readTree(task.data())
                        .valueStream()
                        .map(TaskListPages::version)
                        .collect(Collectors.joining(", ")),
                task.model(),
                METHODS.contains(method) ? method : "",
                Status.of(task.job().state()),
                moving ? Math.min(100, 100 * Objects.requireNonNull(glance).step() / glance.totalSteps()) : null,
                loss == null ? null : Figures.shown(loss),
                glance == null ? "" : Spark.points(glance.losses()),
                held.signum() == 0 ? "–" : Measures.hours(held.longValue()),
                task.createdBy(),
                formats.moment(task.createdAt()));
    }

    private static String version(JsonNode one) {
        return one.path("name").asString("") + " v" + one.path("number").asString("");
    }
}
