package dev.temper.web.dataset;

import dev.temper.contract.CodedException;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.row.LeftOut;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingPreview;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.MappingPreviews;
import dev.temper.platform.dataset.Recipes;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Saying which column is what, with what that makes of the first rows beside it. */
@Controller
@RequestMapping("/t/{tenant}/datasets/import/{id}/mapping")
class MappingPages {
    private static final int RECIPES = 100;

    private final Imports imports;
    private final Recipes recipes;
    private final Cursors cursors;
    private final MappingPreviews previews;

    MappingPages(Imports imports, Recipes recipes, Cursors cursors, MappingPreviews previews) {
        this.imports = imports;
        this.recipes = recipes;
        this.cursors = cursors;
        this.previews = previews;
    }

    /**
     * What a mapping makes of the first rows.
     *
     * @param refused why there is no such mapping or no such file; null where there are lines
     */
    record Preview(
            List<MappingLine> lines, long kept, @Nullable String refused) {}

    /** The form with a preview of what it says now. */
    void draw(UUID id, MappingForm form, Model model, Locale locale) {
        model.addAttribute("mapping", form);
        model.addAttribute("recipe", "given");
        model.addAttribute(
                "kept", recipes.list(cursors.query(RECIPES, null, "recipes")).items());
        model.addAttribute("kinds", MappingForm.Kind.values());
        model.addAttribute("encodings", MappingForm.ENCODINGS);
        model.addAttribute("preview", preview(id, locale, form::mapping));
    }

    private Preview preview(UUID id, Locale locale, Supplier<Mapping> mapping) {
        try {
            MappingPreview preview = previews.of(id, mapping.get());
            List<MappingLine> lines = preview.lines().stream()
                    .map(line -> MappingLine.of(line, left -> reason(left, locale)))
                    .toList();
            return new Preview(
                    lines, lines.stream().filter(line -> line.leftOut() == null).count(), null);
        } catch (CodedException refused) {
            return new Preview(List.of(), 0, CodedTexts.of(refused, locale).sentence(locale));
        }
    }

    @PostMapping("/preview")
    String preview(@PathVariable UUID id, @RequestParam Map<String, String> typed, Locale locale, Model model) {
        Caller.current().require(Permission.WRITE);
        model.addAttribute("preview", preview(id, locale, () -> MappingForm.typed(typed)));
        return "dataset/mapping :: preview";
    }

    @PostMapping
    String map(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        try {
            ImportView waiting = imports.get(id);
            Mapping mapping = MappingForm.typed(typed);
            String chosen = typed.getOrDefault("recipe", "");
            Recipe recipe = chosen.isBlank() ? RecipeJson.read(waiting.recipe()) : recipes.chosen(chosen);
            String name = typed.getOrDefault("keep", "");
            if (!name.isBlank() && waiting.proposal() != null) {
                List<String> columns =
                        MappingForm.proposed(waiting.proposal(), null).columns();
                recipes.create(name, "", recipe, mapping, columns);
            }
            imports.map(id, mapping, recipe);
        } catch (Problem problem) {
            Told.wrong("mapping.refused", Refused.of(problem, locale).message()).on(redirect);
        } catch (CodedException refused) {
            Told.wrong("mapping.refused", CodedTexts.of(refused, locale).sentence(locale))
                    .on(redirect);
        }
        return "redirect:" + DatasetPages.root(shell) + "/import/" + id;
    }

    private static String reason(LeftOut left, Locale locale) {
        return CodedTexts.find(left.code(), left.facts(), locale)
                .map(said -> said.sentence(locale))
                .orElse(left.code());
    }
}
