package dev.temper.web.task;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.Tokenizers;
import dev.temper.platform.task.Draft;
import dev.temper.platform.task.Drafts;
import dev.temper.platform.task.Presets;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A new task, a page a step: all is kept on the server, so that a refresh, a way back or another window lose nothing. */
@Controller
@RequestMapping("/t/{tenant}/tasks/new")
class DraftPages {
    private static final String NUMBER = "/{draft:\\d{1,18}}";

    private final Drafts drafts;
    private final Presets presets;
    private final Tasks tasks;
    private final DraftScreen screen;
    private final Outlooks outlooks;
    private final Tokenizers models;
    private final Once once;
    private final MessageSource words;

    DraftPages(
            Drafts drafts,
            Presets presets,
            Tasks tasks,
            DraftScreen screen,
            Outlooks outlooks,
            Tokenizers models,
            Once once,
            MessageSource words) {
        this.drafts = drafts;
        this.presets = presets;
        this.tasks = tasks;
        this.screen = screen;
        this.outlooks = outlooks;
        this.models = models;
        this.once = once;
        this.words = words;
    }

    @ModelAttribute("area")
    String area() {
        return "tasks";
    }

    @GetMapping
    String fresh(
            @RequestParam(required = false) @Nullable UUID version,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.WRITE);
        TaskForm form = new TaskForm(version == null ? Map.of() : Map.of("data", version + ":1"));
        model.addAttribute("drafts", screen.open(formats, locale));
        return screen.show(null, form, Step.DATASET, null, model, crumbs(locale, shell), formats, locale);
    }

    @PostMapping
    String begin(@RequestParam MultiValueMap<String, String> typed, @ModelAttribute("shell") Shell shell) {
        TaskForm form = Typed.over(new TaskForm(Map.of()), Step.DATASET, typed);
        Draft draft = drafts.begin(form.values());
        return "redirect:" + root(shell) + "/new/" + draft.number() + "/"
                + (form.data().isEmpty() ? Step.DATASET : Step.MODEL).id();
    }

    /** Settings that somebody has as a file; nothing starts by itself. */
    @PostMapping("/import")
    String bring(
            @RequestParam String yaml,
            Model model,
            Locale locale,
            HttpServletResponse response,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes to) {
        Caller.current().require(Permission.WRITE);
        try {
            Imported imported = Imported.of(yaml, models.models());
            Draft draft = drafts.begin(imported.form().values());
            to.addFlashAttribute("imported", Map.of("datasets", imported.datasets(), "warnings", imported.warnings()));
            return "redirect:" + root(shell) + "/new/" + draft.number() + "/"
                    + (imported.form().data().isEmpty() ? Step.DATASET : Step.REVIEW).id();
        } catch (CodedException wrong) {
            response.setStatus(ErrorCode.FIELDS_NOT_ACCEPTED.status());
            model.addAttribute("yaml", yaml);
            model.addAttribute("drafts", screen.open(formats, locale));
            return screen.show(
                    null,
                    new TaskForm(Map.of()),
                    Step.DATASET,
                    Outlooks.refused(wrong, locale),
                    model,
                    crumbs(locale, shell),
                    formats,
                    locale);
        }
    }

    @GetMapping(NUMBER + "/{step}")
    String show(
            @PathVariable long draft,
            @PathVariable String step,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Draft kept = drafts.get(draft);
        return screen.show(
                kept, new TaskForm(kept.form()), step(step), null, model, crumbs(locale, shell), formats, locale);
    }

    @PostMapping(NUMBER + "/{step}")
    String save(
            @PathVariable long draft,
            @PathVariable String step,
            @RequestParam MultiValueMap<String, String> typed,
            Model model,
            Locale locale,
            HttpServletResponse response,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Draft kept = drafts.get(draft);
        if (kept.task() != null) {
            return "redirect:" + root(shell) + "/new/" + draft + "/"
                    + step(step).id();
        }
        TaskForm form = Typed.over(new TaskForm(kept.form()), step(step), typed);
        Optional<Draft> saved = drafts.save(draft, version(typed), form.values());
        if (saved.isEmpty()) {
            response.setStatus(ErrorCode.EDIT_CONFLICT.status());
            TaskForm mine = Typed.besides(new TaskForm(kept.form()), step(step), typed);
            return screen.conflict(kept, mine, step(step), model, crumbs(locale, shell));
        }
        String go = Objects.requireNonNullElse(
                typed.getFirst("go"), step(step).next().id());
        return "redirect:" + root(shell) + "/new/" + draft + "/"
                + Step.of(go).orElse(step(step)).id();
    }

    /** After two windows changed the same draft: the values that are to stand. */
    @PostMapping(NUMBER + "/merge/{step}")
    String merge(
            @PathVariable long draft,
            @PathVariable String step,
            @RequestParam MultiValueMap<String, String> typed,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes to) {
        Draft kept = drafts.get(draft);
        boolean saved = drafts.save(
                        draft,
                        version(typed),
                        Typed.merged(new TaskForm(kept.form()), typed).values())
                .isPresent();
        (saved ? Told.done("tasks.draft.merged") : Told.wrong("tasks.preset.meanwhile")).on(to);
        return "redirect:" + root(shell) + "/new/" + draft + "/" + step(step).id();
    }

    /** A preset sets its fields and leaves the others; what it changes is told. */
    @PostMapping(NUMBER + "/preset")
    String preset(
            @PathVariable long draft,
            @RequestParam String preset,
            @RequestParam MultiValueMap<String, String> typed,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes to) {
        Draft kept = drafts.get(draft);
        TaskForm form = new TaskForm(kept.form());
        TaskForm changed = form.with(screen.preset(preset));
        String list = String.join(
                ", ",
                changed.differing(form).entrySet().stream()
                        .map(one -> screen.label(one.getKey(), locale) + " " + one.getValue())
                        .toList());
        if (drafts.save(draft, version(typed), changed.values()).isPresent()) {
            Told.done("tasks.preset.set", list.isEmpty() ? "–" : list).on(to);
        } else {
            Told.wrong("tasks.preset.meanwhile").on(to);
        }
        return "redirect:" + root(shell) + "/new/" + draft + "/" + Step.PARAMETERS.id();
    }

    /** One press of what would make it fit. */
    @PostMapping(NUMBER + "/remedy")
    String remedy(
            @PathVariable long draft,
            @RequestParam String remedy,
            @RequestParam MultiValueMap<String, String> typed,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes to) {
        TaskForm form = Typed.over(new TaskForm(drafts.get(draft).form()), Step.REVIEW, typed);
        Optional<Outlook.Remedy> chosen = outlooks.of(form, locale).remedies().stream()
                .filter(one -> one.field().equals(remedy))
                .findFirst();
        if (chosen.isPresent()) {
            TaskForm changed = form.with(remedy, chosen.get().value());
            if (drafts.save(draft, version(typed), changed.values()).isPresent()) {
                Told.done(
                                "tasks.remedy.done",
                                screen.label(remedy, locale),
                                chosen.get().value())
                        .on(to);
            } else {
                Told.wrong("tasks.preset.meanwhile").on(to);
            }
        }
        return "redirect:" + root(shell) + "/new/" + draft + "/" + Step.REVIEW.id();
    }

    @PostMapping(NUMBER + "/keep")
    String keep(
            @PathVariable long draft,
            @RequestParam String preset,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes to) {
        TaskForm form = new TaskForm(drafts.get(draft).form());
        try {
            presets.keep(
                    preset,
                    form.without(List.of("data", "model", "pool", "devices", "name"))
                            .values());
            Told.done("tasks.preset.kept", preset.strip()).on(to);
        } catch (Problem problem) {
            Told.wrong("jobs.refused", Refused.of(problem, locale).message()).on(to);
        }
        return "redirect:" + root(shell) + "/new/" + draft + "/" + Step.REVIEW.id();
    }

    @PostMapping(NUMBER + "/discard")
    String discard(@PathVariable long draft, @ModelAttribute("shell") Shell shell, RedirectAttributes to) {
        drafts.discard(draft);
        Told.done("tasks.draft.discarded").on(to);
        return "redirect:" + root(shell);
    }

    @PostMapping(NUMBER + "/start")
    String start(
            @PathVariable long draft,
            @RequestParam MultiValueMap<String, String> typed,
            Model model,
            Locale locale,
            HttpServletResponse response,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Draft kept = drafts.get(draft);
        if (kept.task() != null) {
            return "redirect:" + root(shell) + "/" + kept.task();
        }
        TaskForm form = Typed.over(new TaskForm(kept.form()), Step.REVIEW, typed);
        Optional<Draft> saved = drafts.save(draft, version(typed), form.values());
        if (saved.isEmpty()) {
            response.setStatus(ErrorCode.EDIT_CONFLICT.status());
            return screen.conflict(kept, form, Step.REVIEW, model, crumbs(locale, shell));
        }
        Refused refused;
        try {
            return once.lead(
                    root(shell) + "/new/" + draft,
                    () -> "redirect:" + root(shell) + "/" + started(form, draft, locale));
        } catch (Problem problem) {
            Long task = drafts.get(draft).task();
            if (problem.code() == ErrorCode.DRAFT_ALREADY_STARTED && task != null) {
                return "redirect:" + root(shell) + "/" + task;
            }
            response.setStatus(problem.code().status());
            refused = Outlooks.refused(problem, locale);
        } catch (CodedException wrong) {
            response.setStatus(ErrorCode.FIELDS_NOT_ACCEPTED.status());
            refused = Outlooks.refused(wrong, locale);
        }
        return screen.show(saved.get(), form, Step.REVIEW, refused, model, crumbs(locale, shell), formats, locale);
    }

    private long started(TaskForm form, long draft, Locale locale) {
        TaskForm filled = outlooks.of(form, locale).filled();
        return tasks.start(filled.with("name", screen.name(filled)).request(), draft)
                .number();
    }

    /** The same again, to be changed before it is started. */
    @PostMapping("/of/{number:\\d{1,18}}")
    String again(@PathVariable long number, @ModelAttribute("shell") Shell shell) {
        TaskView task = tasks.byNumber(number);
        Draft draft =
                drafts.begin(TaskForm.of(task.asked()).with("name", task.name()).values());
        return "redirect:" + root(shell) + "/new/" + draft.number() + "/" + Step.REVIEW.id();
    }

    private static Step step(String id) {
        return Step.of(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static long version(MultiValueMap<String, String> typed) {
        String version = Objects.requireNonNullElse(typed.getFirst("draftVersion"), "");
        return version.matches("\\d{1,18}") ? Long.parseLong(version) : -1;
    }

    private List<Crumb> crumbs(Locale locale, Shell shell) {
        return List.of(new Crumb(Objects.requireNonNull(words.getMessage("tasks.title", null, locale)), root(shell)));
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/tasks";
    }
}
