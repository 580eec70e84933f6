package dev.temper.web.dataset;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.Attachment;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.LeftOutRow;
import dev.temper.platform.dataset.RepairFiles;
import dev.temper.platform.dataset.Repairs;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/** Rows that an import left out: mended one by one in a page, or all at once in a file that comes back. */
@Controller
@RequestMapping("/t/{tenant}/datasets/import/{id}/left-out")
class LeftOutPages {
    private final Imports imports;
    private final Datasets datasets;
    private final Repairs repairs;
    private final RepairFiles files;
    private final Once once;
    private final MessageSource words;

    LeftOutPages(
            Imports imports, Datasets datasets, Repairs repairs, RepairFiles files, Once once, MessageSource words) {
        this.imports = imports;
        this.datasets = datasets;
        this.repairs = repairs;
        this.files = files;
        this.once = once;
        this.words = words;
    }

    /** Leaves a submit that came to nothing, so that the corrected form may come with the same key. */
    private static final class NotYet extends RuntimeException {
        private final transient Repairs.Still still;

        NotYet(Repairs.Still still) {
            super(still.code(), null, false, false);
            this.still = still;
        }
    }

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping("/{number:\\d{1,18}}")
    String look(
            @PathVariable UUID id,
            @PathVariable long number,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        LeftOutRow row = repairs.row(id, number);
        return draw(id, row, MendForm.of(row), "", once.key(), model, request, locale, shell);
    }

    @PostMapping("/{number:\\d{1,18}}")
    String mend(
            @PathVariable UUID id,
            @PathVariable long number,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") String note,
            @RequestParam("once") String key,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale locale,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        LeftOutRow row = repairs.row(id, number);
        MendForm form = MendForm.of(row).typed(typed);
        try {
            return once.lead(key, () -> {
                Repairs.Result result = repairs.repair(id, Map.of(number, MendForm.content(row, typed)), note);
                if (result.version() == null) {
                    throw new NotYet(result.still().getFirst());
                }
                Told.done("leftout.repaired", "v" + result.version().number()).on(redirect);
                return "redirect:" + report(result.version(), shell);
            });
        } catch (NotYet not) {
            response.setStatus(ErrorCode.FIELDS_NOT_ACCEPTED.status());
            model.addAttribute("still", not.still.in(locale));
            return draw(id, row, form, note, key, model, request, locale, shell);
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(id, row, form, note, key, model, request, locale, shell);
        }
    }

    @GetMapping("/download")
    void download(@PathVariable UUID id, @RequestParam String format, HttpServletResponse response) throws IOException {
        RepairFiles.Form form = format.equals("csv") ? RepairFiles.Form.CSV : RepairFiles.Form.JSONL;
        Attachment.of(files.begin(id, form), form.mediaType()).on(response);
        files.write(id, form, response.getOutputStream());
    }

    @PostMapping("/file")
    String take(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam("once") String key,
            Locale locale,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        String back = DatasetAddress.root(shell) + "/import/" + id;
        try {
            return once.lead(key, () -> {
                Repairs.Result result = take(id, file);
                String still = formats.number(result.still().size());
                if (result.version() == null) {
                    Told.wrong("leftout.file.none", still).on(redirect);
                    return "redirect:" + back;
                }
                Told.done(
                                "leftout.file.done",
                                formats.number(result.repaired()),
                                "v" + result.version().number(),
                                still)
                        .on(redirect);
                return "redirect:" + report(result.version(), shell);
            });
        } catch (Problem problem) {
            Told.wrong("leftout.file.refused", Refused.of(problem, locale).message())
                    .on(redirect);
            return "redirect:" + back;
        } catch (CodedException unreadable) {
            Told.wrong("leftout.file.refused", CodedTexts.of(unreadable, locale).sentence(locale))
                    .on(redirect);
            return "redirect:" + back;
        }
    }

    private Repairs.Result take(UUID id, @Nullable MultipartFile file) {
        String name = file == null ? null : file.getOriginalFilename();
        if (file == null || name == null || name.isBlank()) {
            throw ErrorCode.FIELD_REQUIRED.at("/file");
        }
        try {
            Path copy = Files.createTempFile("repairs", ".upload");
            try {
                file.transferTo(copy);
                return files.take(id, copy, name, name);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String draw(
            UUID id,
            LeftOutRow row,
            MendForm form,
            String note,
            String key,
            Model model,
            HttpServletRequest request,
            Locale locale,
            Shell shell) {
        ImportView run = imports.get(id);
        String back = DatasetAddress.root(shell) + "/import/" + id;
        model.addAttribute("row", LeftOutCard.of(row.in(locale)));
        model.addAttribute("form", form);
        model.addAttribute("action", back + "/left-out/" + row.number());
        model.addAttribute("back", back);
        model.addAttribute("note", note);
        model.addAttribute("once", key);
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        if (row.repairedIn() != null) {
            datasets.versionIfThere(row.repairedIn())
                    .ifPresent(version -> model.addAttribute("repairedHref", report(version, shell)));
        }
        List<Crumb> crumbs = new ArrayList<>(DatasetPages.crumbs(words, locale, shell));
        crumbs.add(new Crumb(run.fileName(), back));
        model.addAttribute("crumbs", crumbs);
        model.addAttribute("apiCall", ApiCall.post(request, "/api/v1/imports/" + id + "/repairs"));
        return "dataset/mend";
    }

    private String report(VersionView version, Shell shell) {
        DatasetView dataset = datasets.get(version.dataset());
        return DatasetAddress.of(shell, dataset).version(version) + "?tab=report";
    }
}
