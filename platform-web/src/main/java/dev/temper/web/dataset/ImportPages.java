package dev.temper.web.dataset;

import dev.temper.data.recipe.Recipe;
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
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
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
    private static final int TRAY = 9;
    private static final int UPLOADS = 20;
    private static final int RECIPES = 100;
    private static final int LONGEST_PASTED = 1_000_000;

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
        return draw(new Typed("", "clean", "", ""), once.key(), model, request, locale, shell, formats);
    }

    /** What comes in at the moment, for the top of every page. */
    @GetMapping("/tray")
    String tray(Model model, Locale locale, @ModelAttribute("fmt") Formats formats) {
        List<ImportCard> cards = imports.underWay(TRAY).stream()
                .map(view -> ImportCard.of(view, formats, locale))
                .toList();
        model.addAttribute("runs", cards);
        model.addAttribute("moving", cards.stream().anyMatch(ImportCard::moving));
        return "shell/tray :: loaded";
    }

    /** Every file that came or is coming in, newest first. */
    @GetMapping("/all")
    String all(
            PageQuery page,
            Model model,
            HttpServletRequest request,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Page<ImportView> found = imports.list(page, null);
        List<ImportCard> cards = found.items().stream()
                .map(view -> ImportCard.of(view, formats, locale))
                .toList();
        model.addAttribute("imports", new ImportList(cards, Pages.of(request, found.next())));
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        model.addAttribute("crumbs", DatasetPages.crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/imports"));
        return "dataset/imports";
    }

    private record Typed(String name, String recipe, String pasted, String url) {}

    record ImportList(List<ImportCard> items, Pages pages) {
        public boolean moving() {
            return items.stream().anyMatch(ImportCard::moving);
        }
    }

    private String draw(
            Typed typed,
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
        model.addAttribute("name", typed.name());
        model.addAttribute("recipe", typed.recipe());
        model.addAttribute("pasted", typed.pasted());
        model.addAttribute("url", typed.url());
        model.addAttribute("kept", kept());
        model.addAttribute("once", key);
        model.addAttribute("crumbs", DatasetPages.crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/imports"));
        return "dataset/import";
    }

    @PostMapping
    String bring(
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(name = "upload", required = false) @Nullable List<UUID> sent,
            @RequestParam(defaultValue = "") String pasted,
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String recipe,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            return once.lead(key, () -> {
                Begun begun = start(orNone(files), orNone(sent), new Typed(name, recipe, pasted, url));
                if (begun.refused() != null) {
                    Told.wrong(
                                    "imports.some_refused",
                                    formats.number(begun.imports().size()),
                                    Refused.of(begun.refused(), locale).message())
                            .on(redirect);
                }
                boolean one = begun.imports().size() == 1 && begun.refused() == null;
                return "redirect:" + root(shell) + "/"
                        + (one ? begun.imports().getFirst().id() : "all");
            });
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(new Typed(name, recipe, pasted, url), key, model, request, locale, shell, formats);
        }
    }

    /** What was uploaded in parts, or came with the form, or is at an address, or was typed; each on its own. */
    private Begun start(List<MultipartFile> files, List<UUID> sent, Typed typed) {
        String name = typed.name();
        String pasted = typed.pasted();
        Recipe recipe = recipes.chosen(typed.recipe());
        // A field for files that was left alone sends one without a name.
        List<MultipartFile> chosen = files.stream()
                .filter(one -> one.getOriginalFilename() != null
                        && !one.getOriginalFilename().isBlank())
                .toList();
        boolean file = !sent.isEmpty() || !chosen.isEmpty();
        if (Stream.of(file, !typed.url().isBlank(), !pasted.isBlank())
                        .filter(given -> given)
                        .count()
                > 1) {
            // Nothing that was given is passed over without a word.
            throw ErrorCode.DATASET_SOURCE_UNCLEAR.at("/file");
        }
        if (!sent.isEmpty()) {
            return each(
                    sent, one -> intake.upload(one, wish(name, uploads.get(one).name(), sent.size(), recipe)));
        }
        if (!chosen.isEmpty()) {
            return each(
                    chosen,
                    one -> intake.file(
                            one.getOriginalFilename(),
                            one.getSize(),
                            one::getInputStream,
                            wish(name, one.getOriginalFilename(), chosen.size(), recipe)));
        }
        if (!typed.url().isBlank()) {
            return each(List.of(typed.url()), one -> intake.address(one, wish(name, null, 1, recipe)));
        }
        if (pasted.isBlank()) {
            throw ErrorCode.FIELD_REQUIRED.at("/file");
        }
        if (pasted.length() > LONGEST_PASTED) {
            throw ErrorCode.FIELD_TOO_LONG.at("/pasted").with("max", LONGEST_PASTED);
        }
        byte[] text = pasted.getBytes(StandardCharsets.UTF_8);
        return each(
                List.of(text),
                _ -> intake.file(
                        "pasted.txt", text.length, () -> new ByteArrayInputStream(text), wish(name, null, 1, recipe)));
    }

    private static <T> List<T> orNone(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }

    /** What was begun, and what kept the next one from it. */
    private record Begun(List<ImportView> imports, @Nullable Problem refused) {}

    /** Once one has begun, the form is no longer sent back for the next one's sake: it would begin twice. */
    private static <T> Begun each(List<T> sources, Function<T, ImportView> start) {
        List<ImportView> begun = new ArrayList<>();
        try {
            for (T source : sources) {
                begun.add(start.apply(source));
            }
            return new Begun(begun, null);
        } catch (Problem refused) {
            if (begun.isEmpty()) {
                throw refused;
            }
            return new Begun(begun, refused);
        }
    }

    /** Several files that were given one name are told apart by their own. */
    private static Intake.Wish wish(String name, @Nullable String file, int files, Recipe recipe) {
        boolean apart = files > 1 && !name.isBlank();
        return new Intake.Wish(null, apart ? name.strip() + " · " + file : name, null, recipe);
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
