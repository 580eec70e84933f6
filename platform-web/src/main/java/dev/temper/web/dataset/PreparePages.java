package dev.temper.web.dataset;

import dev.temper.contract.CodedException;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.DryRun;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Preparation;
import dev.temper.platform.dataset.Preparations;
import dev.temper.platform.dataset.RecipeSteps;
import dev.temper.platform.dataset.RecipeView;
import dev.temper.platform.dataset.Recipes;
import dev.temper.platform.dataset.VersionView;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/** Making the next version of a dataset: a chain of steps, tried on the first rows before it is run over all of them. */
@Controller
@RequestMapping("/t/{tenant}/datasets/{number:\\d{1,18}}/prepare")
class PreparePages {
    private static final int CHOICES = 100;

    private final Datasets datasets;
    private final Preparations preparations;
    private final Recipes recipes;
    private final Cursors cursors;
    private final Once once;
    private final MessageSource words;

    PreparePages(
            Datasets datasets,
            Preparations preparations,
            Recipes recipes,
            Cursors cursors,
            Once once,
            MessageSource words) {
        this.datasets = datasets;
        this.preparations = preparations;
        this.recipes = recipes;
        this.cursors = cursors;
        this.once = once;
        this.words = words;
    }

    /** Which version is prepared, and where its page is. */
    record Target(long number, UUID version, String name) {}

    /** A version that may be mixed in. */
    record Choice(UUID version, String name) {}

    /** A row before and after. */
    record Tried(
            long number,
            String beforeQuestion,
            String beforeAnswer,
            List<After> after,
            @Nullable String reason,
            boolean changed) {
        static Tried of(DryRun.Tried row, Locale locale) {
            return new Tried(
                    row.number(),
                    RowText.question(row.before()),
                    RowText.answer(row.before()),
                    row.after().stream().map(After::of).toList(),
                    row.reason(locale),
                    row.isChanged());
        }
    }

    /** What became of a row. */
    record After(String question, String answer, String extra) {
        static After of(Row row) {
            return new After(
                    RowText.question(row),
                    RowText.answer(row),
                    row.extra().entrySet().stream()
                            .map(entry ->
                                    entry.getKey() + ": " + entry.getValue().asString(""))
                            .collect(Collectors.joining(" · ")));
        }
    }

    /** A dry run as it is drawn. */
    record Trial(String looked, String kept, String leftOut, String added, List<StepCard> steps, List<Tried> rows) {
        static Trial of(DryRun run, Formats formats, Locale locale) {
            return new Trial(
                    formats.number(run.looked()),
                    formats.number(run.kept()),
                    formats.number(run.leftOut()),
                    formats.number(run.added()),
                    StepCard.of(run.steps(), formats, locale),
                    run.rows().stream().map(row -> Tried.of(row, locale)).toList());
        }
    }

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping
    String form(
            @PathVariable long number,
            @RequestParam(required = false) @Nullable UUID version,
            @RequestParam(defaultValue = "clean") String recipe,
            Model model,
            HttpServletRequest request,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        Target target = target(number, version);
        ObjectNode steps = RecipeForm.of(RecipeJson.write(recipes.chosen(recipe)));
        MixForm mix = new MixForm("1", List.of());
        return draw(target, steps, mix, recipe, once.key(), model, request, locale, shell);
    }

    @PostMapping
    String submit(
            @PathVariable long number,
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(required = false) @Nullable UUID version,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats,
            HttpServletRequest request,
            HttpServletResponse response) {
        Caller.current().require(Permission.WRITE);
        Target target = target(number, version);
        ObjectNode steps = RecipeForm.read(typed);
        MixForm mix = MixForm.read(typed);
        String action = RecipePages.first(typed, RecipeForm.ACTION);
        if (!RecipeForm.change(steps, action, typed.getFirst(RecipeForm.KIND))) {
            try {
                Recipe recipe = RecipeJson.read(steps);
                switch (action) {
                    case "run" -> {
                        return once.lead(key, () -> "redirect:" + run(target, mix, recipe, shell));
                    }
                    case "save" -> {
                        RecipeView kept = recipes.create(RecipePages.first(typed, "name"), "", recipe, null, List.of());
                        model.addAttribute("told", Told.done("recipes.saved", kept.name()));
                    }
                    default ->
                        model.addAttribute(
                                "trial", Trial.of(preparations.dryRun(target.version(), recipe), formats, locale));
                }
            } catch (CodedException refused) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("refused", Refused.of(refused, locale));
            } catch (Problem problem) {
                Refused.show(problem, model, response, locale);
            }
        }
        return draw(target, steps, mix, "", key, model, request, locale, shell);
    }

    private String run(Target target, MixForm mix, Recipe recipe, Shell shell) {
        ImportView started = preparations.start(new Preparation(target.version(), mix.own(), mix.mixed(), recipe));
        return DatasetPages.root(shell) + "/import/" + started.id();
    }

    private Target target(long number, @Nullable UUID version) {
        DatasetView dataset = datasets.byNumber(number);
        DatasetView.Latest latest = dataset.latest();
        if (latest == null) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        VersionView wanted = datasets.version(version == null ? latest.id() : version);
        if (!wanted.dataset().equals(dataset.id())) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        return new Target(number, wanted.id(), dataset.name() + " v" + wanted.number());
    }

    private List<Choice> choices(UUID own) {
        return datasets.list(cursors.query(CHOICES, null, "datasets"), null).items().stream()
                .map(dataset -> choice(dataset, own))
                .filter(choice -> choice != null)
                .toList();
    }

    private static @Nullable Choice choice(DatasetView dataset, UUID own) {
        DatasetView.Latest latest = dataset.latest();
        return latest == null || latest.id().equals(own)
                ? null
                : new Choice(latest.id(), dataset.name() + " v" + latest.number());
    }

    private String draw(
            Target target,
            ObjectNode steps,
            MixForm mix,
            String recipe,
            String key,
            Model model,
            HttpServletRequest request,
            Locale locale,
            Shell shell) {
        List<MixForm.Line> lines = new ArrayList<>(mix.others());
        while (lines.size() < MixForm.LINES) {
            lines.add(new MixForm.Line("", "1"));
        }
        model.addAttribute("target", target);
        model.addAttribute("steps", RecipeForm.draw(steps, locale));
        model.addAttribute("kinds", RecipeSteps.all(locale));
        model.addAttribute("mix", new MixForm(mix.ratio(), lines));
        model.addAttribute("choices", choices(target.version()));
        model.addAttribute("recipe", recipe);
        model.addAttribute(
                "kept", recipes.list(cursors.query(CHOICES, null, "recipes")).items());
        model.addAttribute("once", key);
        model.addAttribute("mayChange", true);
        List<Crumb> crumbs = new ArrayList<>(DatasetPages.crumbs(words, locale, shell));
        crumbs.add(new Crumb(target.name(), DatasetPages.root(shell) + "/" + target.number()));
        model.addAttribute("crumbs", crumbs);
        model.addAttribute(
                "apiCall", ApiCall.post(request, "/api/v1/dataset-versions/" + target.version() + "/preparations"));
        return "dataset/prepare";
    }
}
