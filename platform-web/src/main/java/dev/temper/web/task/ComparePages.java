package dev.temper.web.task;

import dev.temper.platform.common.Problem;
import dev.temper.platform.job.Curve;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.resource.Ledger;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.web.compute.Measures;
import dev.temper.web.compute.Status;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Shell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several tasks beside each other: their curves in one drawing, and of their settings those that differ. */
@Controller
@RequestMapping("/t/{tenant}/tasks/compare")
class ComparePages {
    /** As many as there are colours. */
    private static final int MOST = 6;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Tasks tasks;
    private final Jobs jobs;
    private final Ledger ledger;
    private final MessageSource words;

    ComparePages(Tasks tasks, Jobs jobs, Ledger ledger, MessageSource words) {
        this.tasks = tasks;
        this.jobs = jobs;
        this.ledger = ledger;
        this.words = words;
    }

    /** A task that is compared. */
    record Run(TaskView task, Curve curve, Status status, Map<String, String> settings) {}

    /** A figure or a setting of each. */
    record Row(String label, List<String> values) {}

    @ModelAttribute("area")
    String area() {
        return "tasks";
    }

    @GetMapping
    String compare(
            @RequestParam(defaultValue = "") List<Long> runs,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        List<Run> found = runs.stream()
                .distinct()
                .limit(MOST)
                .flatMap(number -> run(number).stream())
                .toList();
        model.addAttribute("runs", found);
        model.addAttribute(
                "gone",
                runs.stream()
                        .filter(number ->
                                found.stream().noneMatch(run -> run.task().number() == number))
                        .limit(MOST)
                        .toList());
        model.addAttribute(
                "plots",
                List.of(
                        plot("loss", "loss", found),
                        plot("held", "eval_loss", found),
                        plot("rate", "learning_rate", found)));
        model.addAttribute("differing", differing(found, locale));
        model.addAttribute("results", results(found, locale));
        model.addAttribute(
                "crumbs",
                List.of(new Crumb(
                        say("tasks.title", locale),
                        "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/tasks")));
        return "task/compare";
    }

    /** Empty for one that is not there. */
    private Optional<Run> run(long number) {
        try {
            TaskView task = tasks.byNumber(number);
            Map<String, String> settings = new LinkedHashMap<>();
            flatten("", JSON.readTree(jobs.spec(task.job().id())), settings);
            settings.keySet().removeIf(path -> path.equals("name") || path.startsWith("data.train"));
            settings.put("data", data(task));
            settings.put("pool", task.job().devices() + " × " + task.job().pool());
            return Optional.of(
                    new Run(task, tasks.curve(task), Status.of(task.job().state()), settings));
        } catch (Problem gone) {
            return Optional.empty();
        }
    }

    private static String data(TaskView task) {
        return JSON.readTree(task.data())
                .valueStream()
                .map(one -> one.path("name").asString("") + " v"
                        + one.path("number").asString(""))
                .collect(Collectors.joining(", "));
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(one ->
                            flatten(path.isEmpty() ? one.getKey() : path + "." + one.getKey(), one.getValue(), into));
        } else {
            into.put(
                    path,
                    node.isNumber()
                            ? Figures.typed(node.decimalValue())
                            : node.isValueNode() ? node.asString("") : node.toString());
        }
    }

    private static Plot plot(String key, String series, List<Run> runs) {
        return Plot.of(
                key,
                IntStream.range(0, runs.size())
                        .mapToObj(i -> new Plot.Series(
                                "#" + runs.get(i).task().number(),
                                i,
                                runs.get(i).curve().of(series)))
                        .toList(),
                runs.stream().mapToLong(run -> run.curve().totalSteps()).max().orElse(0));
    }

    private List<Row> differing(List<Run> runs, Locale locale) {
        TreeSet<String> all = new TreeSet<>();
        runs.forEach(run -> all.addAll(run.settings().keySet()));
        return all.stream()
                .filter(path -> runs.stream()
                                .map(run -> run.settings().getOrDefault(path, ""))
                                .distinct()
                                .count()
                        > 1)
                .map(path -> new Row(
                        label(path, locale),
                        runs.stream()
                                .map(run -> run.settings().getOrDefault(path, "–"))
                                .toList()))
                .toList();
    }

    private String label(String path, Locale locale) {
        String id = Field.at(path)
                .map(field -> field.id)
                .orElse(
                        switch (path) {
                            case "model.path" -> "model";
                            case "method.type" -> "method";
                            default -> path;
                        });
        return Objects.requireNonNull(words.getMessage("tasks.field." + id, null, path, locale));
    }

    private List<Row> results(List<Run> runs, Locale locale) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(say("tasks.plot.loss", locale), lasts(runs, "loss")));
        rows.add(new Row(say("tasks.plot.held", locale), lasts(runs, "eval_loss")));
        rows.add(new Row(
                say("tasks.steps.count", locale),
                runs.stream().map(run -> "%,d".formatted(run.curve().step())).toList()));
        rows.add(new Row(
                say("tasks.hours", locale),
                runs.stream()
                        .map(run -> Measures.hours(
                                ledger.ofJob(run.task().job().id()).longValue()))
                        .toList()));
        return rows;
    }

    private static List<String> lasts(List<Run> runs, String series) {
        return runs.stream()
                .map(run -> run.curve()
                        .last(series)
                        .map(point -> Figures.shown(point.value()))
                        .orElse("–"))
                .toList();
    }

    private String say(String key, Locale locale) {
        return Objects.requireNonNull(words.getMessage(key, null, locale));
    }
}
