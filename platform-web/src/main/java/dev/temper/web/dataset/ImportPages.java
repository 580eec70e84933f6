package dev.temper.web.dataset;

import dev.temper.platform.blob.UploadView;
import dev.temper.platform.blob.Uploads;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.ImportState;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.Intake;
import dev.temper.platform.dataset.RecipeView;
import dev.temper.platform.dataset.Recipes;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Bringing a file in, and what became of it. */
@Controller
@RequestMapping("/t/{tenant}/datasets/import")
class ImportPages {
    private static final int UPLOADS = 20;
    private static final int RECIPES = 100;

    private final Imports imports;
    private final Recipes recipes;
    private final Datasets datasets;
    private final Intake intake;
    private final Uploads uploads;
    private final Cursors cursors;
    private final ReportView.Reader reports;
    private final Once once;
    private final MappingPages mappings;
    private final MessageSource words;
    private final LiveAddress live;

    ImportPages(
            Imports imports,
            Recipes recipes,
            Datasets datasets,
            Intake intake,
            Uploads uploads,
            Cursors cursors,
            ReportView.Reader reports,
            Once once,
            MappingPages mappings,
            MessageSource words,
            LiveAddress live) {
        this.imports = imports;
        this.recipes = recipes;
        this.datasets = datasets;
        this.intake = intake;
        this.uploads = uploads;
        this.cursors = cursors;
        this.reports = reports;
        this.once = once;
        this.mappings = mappings;
        this.words = words;
        this.live = live;
    }

    private List<RecipeView> kept() {
        return recipes.list(cursors.query(RECIPES, null, "recipes")).items();
    }

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping
    String form(
            Model model,
            HttpServletRequest request,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.WRITE);
        return draw("", "clean", once.key(), model, request, locale, shell, formats);
    }

    private String draw(
            String name,
            String recipe,
            String key,
            Model model,
            HttpServletRequest request,
            Locale locale,
            Shell shell,
            Formats formats) {
        Page<UploadView> begun = uploads.unfinished(cursors.query(UPLOADS, null, "uploads"));
        model.addAttribute(
                "uploads",
                begun.items().stream()
                        .map(upload -> KeptUpload.of(upload, formats))
                        .toList());
        model.addAttribute("partSize", Uploads.PART_SIZE);
        model.addAttribute("name", name);
        model.addAttribute("recipe", recipe);
        model.addAttribute("kept", kept());
        model.addAttribute("once", key);
        model.addAttribute("crumbs", DatasetPages.crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/imports"));
        return "dataset/import";
    }

    @PostMapping
    String bring(
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable UUID upload,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String recipe,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            return once.lead(
                    key,
                    () -> "redirect:" + root(shell) + "/"
                            + start(file, upload, new Intake.Wish(null, name, null, recipes.chosen(recipe)))
                                    .id());
        } catch (Problem problem) {
            response.setStatus(problem.code().status());
            model.addAttribute("refused", Refused.of(problem, locale));
            return draw(name, recipe, key, model, request, locale, shell, formats);
        }
    }

    /** What was uploaded in parts, or else the file that came with the form. */
    private ImportView start(@Nullable MultipartFile file, @Nullable UUID upload, Intake.Wish wish) {
        if (upload != null) {
            return intake.upload(upload, wish);
        }
        if (file == null) {
            throw ErrorCode.FIELD_REQUIRED.at("/file");
        }
        return intake.file(file.getOriginalFilename(), file.getSize(), file::getInputStream, wish);
    }

    @GetMapping("/{id}")
    String look(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String kind,
            PageQuery page,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        model.addAttribute("live", live.of(shell, "import." + id));
        ImportView view = imports.get(id);
        model.addAttribute("run", ImportCard.of(view, formats, locale));
        model.addAttribute(
                "datasetHref",
                view.dataset() == null
                        ? null
                        : DatasetAddress.of(shell, datasets.get(view.dataset())).dataset());
        if (view.state() == ImportState.MAPPING_NEEDED && view.proposal() != null) {
            mappings.draw(id, MappingForm.proposed(view.proposal(), kind), model, locale);
        }
        model.addAttribute("did", StepCard.of(view.steps(), formats, locale));
        model.addAttribute("report", reports.read(view, code, page, request, formats, locale));
        model.addAttribute("repairKey", once.key());
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        model.addAttribute("crumbs", DatasetPages.crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/imports/" + id));
        return "dataset/imported";
    }

    @PostMapping("/uploads/{id}/cancel")
    String forget(@PathVariable UUID id, @ModelAttribute("shell") Shell shell, RedirectAttributes redirect) {
        String name = uploads.get(id).name();
        uploads.cancel(id);
        Told.done("uploads.cancelled", name).on(redirect);
        return "redirect:" + root(shell);
    }

    @PostMapping("/{id}/cancel")
    String cancel(@PathVariable UUID id, @ModelAttribute("shell") Shell shell, RedirectAttributes redirect) {
        Told.done("imports.cancelled", imports.cancel(id).fileName()).on(redirect);
        return "redirect:" + root(shell) + "/" + id;
    }

    private static String root(Shell shell) {
        return DatasetPages.root(shell) + "/import";
    }
}
