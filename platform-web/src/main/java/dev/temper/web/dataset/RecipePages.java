package dev.temper.web.dataset;

import dev.temper.contract.CodedException;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.RecipeChange;
import dev.temper.platform.dataset.RecipeSteps;
import dev.temper.platform.dataset.RecipeView;
import dev.temper.platform.dataset.Recipes;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.node.ObjectNode;

/** The recipes a tenant keeps. */
@Controller
@RequestMapping("/t/{tenant}/datasets/recipes")
class RecipePages {
    private final Recipes recipes;
    private final MessageSource words;

    RecipePages(Recipes recipes, MessageSource words) {
        this.recipes = recipes;
        this.words = words;
    }

    /** A recipe in the list. */
    record Kept(
            UUID id,
            String name,
            String description,
            int number,
            List<String> steps,
            @Nullable Moment changed) {
        static Kept of(RecipeView recipe, Formats formats, Locale locale) {
            return new Kept(
                    recipe.id(),
                    recipe.name(),
                    recipe.description(),
                    recipe.number(),
                    RecipeForm.of(recipe.recipe())
                            .path("steps")
                            .valueStream()
                            .map(step -> RecipeSteps.title(step.path("step").asString(""), locale))
                            .toList(),
                    formats.moment(recipe.changedAt()));
        }
    }

    record KeptList(List<Kept> items, Pages pages) {}

    /**
     * What is typed into a recipe's form.
     *
     * @param id null for a new one
     * @param version of the resource that the form was drawn from
     */
    record Typed(@Nullable UUID id, String name, String description, long version) {}

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping
    String list(
            PageQuery page,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Page<RecipeView> found = recipes.list(page);
        model.addAttribute(
                "recipes",
                new KeptList(
                        found.items().stream()
                                .map(recipe -> Kept.of(recipe, formats, locale))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        model.addAttribute("crumbs", DatasetPages.crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/recipes"));
        return "dataset/recipes";
    }

    @GetMapping("/new")
    String fresh(Model model, HttpServletRequest request, Locale locale, @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        return draw(new Typed(null, "", "", 0), RecipeForm.empty(), model, request, locale, shell);
    }

    @GetMapping("/{id}")
    String show(
            @PathVariable UUID id,
            Model model,
            HttpServletRequest request,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        RecipeView kept = recipes.get(id);
        Typed typed = new Typed(id, kept.name(), kept.description(), kept.version());
        return draw(typed, RecipeForm.of(kept.recipe()), model, request, locale, shell);
    }

    @PostMapping("/new")
    String create(
            @RequestParam MultiValueMap<String, String> typed,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return submit(null, typed, model, locale, shell, request, response, redirect);
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> typed,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return submit(id, typed, model, locale, shell, request, response, redirect);
    }

    private String submit(
            @Nullable UUID id,
            MultiValueMap<String, String> typed,
            Model model,
            Locale locale,
            Shell shell,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Caller.current().require(Permission.WRITE);
        ObjectNode recipe = RecipeForm.read(typed);
        Typed form = new Typed(id, first(typed, "name"), first(typed, "description"), version(first(typed, "version")));
        String action = first(typed, RecipeForm.ACTION);
        if (!RecipeForm.change(recipe, action, typed.getFirst(RecipeForm.KIND))) {
            try {
                Told.done("recipes.saved", save(form, RecipeJson.read(recipe)).name())
                        .on(redirect);
                return "redirect:" + root(shell);
            } catch (CodedException refused) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("refused", Refused.of(refused, locale));
            } catch (Problem problem) {
                Refused.show(problem, model, response, locale);
            }
        }
        return draw(form, recipe, model, request, locale, shell);
    }

    private RecipeView save(Typed form, Recipe recipe) {
        return form.id() == null
                ? recipes.create(form.name(), form.description(), recipe, null, List.of())
                : recipes.change(
                        form.id(),
                        new RecipeChange(form.name(), form.description(), recipe, null),
                        new IfMatch(List.of(form.version())));
    }

    @PostMapping("/{id}/delete")
    String delete(
            @PathVariable UUID id,
            @RequestParam long version,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        String name = recipes.get(id).name();
        recipes.delete(id, new IfMatch(List.of(version)));
        Told.done("recipes.deleted", name).on(redirect);
        return "redirect:" + root(shell);
    }

    private String draw(
            Typed form, ObjectNode recipe, Model model, HttpServletRequest request, Locale locale, Shell shell) {
        model.addAttribute("form", form);
        model.addAttribute("steps", RecipeForm.draw(recipe, locale));
        model.addAttribute("kinds", RecipeSteps.all(locale));
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        model.addAttribute("crumbs", crumbs(words, locale, shell));
        model.addAttribute(
                "apiCall", ApiCall.get(request, "/api/v1/recipes" + (form.id() == null ? "" : "/" + form.id())));
        return "dataset/recipe";
    }

    static List<Crumb> crumbs(MessageSource words, Locale locale, Shell shell) {
        List<Crumb> crumbs = new ArrayList<>(DatasetPages.crumbs(words, locale, shell));
        crumbs.add(new Crumb(Objects.requireNonNull(words.getMessage("recipes.title", null, locale)), root(shell)));
        return List.copyOf(crumbs);
    }

    static String first(MultiValueMap<String, String> typed, String name) {
        String value = typed.getFirst(name);
        return value == null ? "" : value;
    }

    private static long version(String typed) {
        return typed.matches("\\d{1,18}") ? Long.parseLong(typed) : 0;
    }

    private static String root(Shell shell) {
        return DatasetPages.root(shell) + "/recipes";
    }
}
