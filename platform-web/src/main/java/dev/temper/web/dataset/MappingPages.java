package dev.temper.web.dataset;

import dev.temper.contract.CodedException;
import dev.temper.data.row.LeftOut;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingPreview;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.Permission;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.MappingPreviews;
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
    private final Imports imports;
    private final MappingPreviews previews;

    MappingPages(Imports imports, MappingPreviews previews) {
        this.imports = imports;
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
            imports.map(id, MappingForm.typed(typed));
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
