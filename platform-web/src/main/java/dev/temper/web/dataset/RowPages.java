package dev.temper.web.dataset;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Edits;
import dev.temper.platform.dataset.NumberedRow;
import dev.temper.platform.dataset.RowEdit;
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
import java.util.Map;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One row of a version: all of it, and the form that makes the next version with it another way. */
@Controller
@RequestMapping("/t/{tenant}/datasets/" + DatasetAddress.PLACE + "/v{version:\\d{1,9}}/rows")
class RowPages {
    private final Datasets datasets;
    private final Edits edits;
    private final Once once;
    private final MessageSource words;

    RowPages(Datasets datasets, Edits edits, Once once, MessageSource words) {
        this.datasets = datasets;
        this.edits = edits;
        this.once = once;
        this.words = words;
    }

    /** A version that an address names. */
    private record Spot(DatasetView dataset, DatasetAddress address, VersionView version) {}

    /**
     * A row as its page draws it.
     *
     * @param number 0 for one that is not there yet
     * @param more what a conversation has no place for: columns of the file, tools, the label
     */
    record Drawn(
            long number,
            String characters,
            String place,
            List<String> problems,
            Map<String, String> more,
            RowForm form,
            @Nullable String before,
            @Nullable String after) {}

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping("/{number:\\d{1,18}}")
    Object look(
            @PathVariable String place,
            @PathVariable int version,
            @PathVariable long number,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Spot spot = spot(place, version, shell);
        if (!spot.address().place().equals(place)) {
            return DatasetPages.moved(spot.address().row(spot.version(), number), request);
        }
        NumberedRow row = datasets.row(spot.version().id(), number);
        return draw(spot, row, RowForm.of(row.row()), "", once.key(), model, request, locale, shell, formats);
    }

    @GetMapping("/new")
    Object empty(
            @PathVariable String place,
            @PathVariable int version,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.WRITE);
        Spot spot = spot(place, version, shell);
        return draw(spot, null, RowForm.empty(), "", once.key(), model, request, locale, shell, formats);
    }

    @PostMapping("/{number:\\d{1,18}}")
    String change(
            @PathVariable String place,
            @PathVariable int version,
            @PathVariable long number,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "change") String what,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "false") boolean branch,
            @RequestParam("once") String key,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale locale,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Spot spot = spot(place, version, shell);
        NumberedRow row = datasets.row(spot.version().id(), number);
        boolean gone = what.equals("delete");
        try {
            return once.lead(key, () -> {
                RowEdit edit = new RowEdit(number, gone ? null : RowForm.changed(row.row(), typed));
                VersionView made =
                        edits.make(new Edits.Wanted(spot.version().id(), List.of(edit), List.of(), note, branch));
                Told.done(
                                gone ? "dataset.row.deleted" : "dataset.row.changed",
                                formats.number(number),
                                "v" + made.number())
                        .on(redirect);
                return "redirect:"
                        + (gone
                                ? spot.address().version(made) + "?tab=rows"
                                : spot.address().row(made, number));
            });
        } catch (Problem problem) {
            response.setStatus(problem.code().status());
            refused(problem, model, locale);
            RowForm form = RowForm.of(row.row()).typed(typed);
            return draw(spot, row, form, note, key, model, request, locale, shell, formats);
        }
    }

    @PostMapping("/new")
    String add(
            @PathVariable String place,
            @PathVariable int version,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "false") boolean branch,
            @RequestParam("once") String key,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale locale,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Spot spot = spot(place, version, shell);
        try {
            return once.lead(key, () -> {
                VersionView made = edits.make(
                        new Edits.Wanted(spot.version().id(), List.of(), List.of(RowForm.made(typed)), note, branch));
                Told.done("dataset.row.added", "v" + made.number()).on(redirect);
                return "redirect:" + spot.address().row(made, made.rows());
            });
        } catch (Problem problem) {
            response.setStatus(problem.code().status());
            refused(problem, model, locale);
            RowForm form = RowForm.empty().typed(typed);
            return draw(spot, null, form, note, key, model, request, locale, shell, formats);
        }
    }

    private static void refused(Problem problem, Model model, Locale locale) {
        model.addAttribute("refused", Refused.of(problem, locale));
        model.addAttribute("superseded", problem.code() == ErrorCode.DATASET_VERSION_SUPERSEDED);
    }

    private String draw(
            Spot spot,
            @Nullable NumberedRow row,
            RowForm form,
            String note,
            String key,
            Model model,
            HttpServletRequest request,
            Locale locale,
            Shell shell,
            Formats formats) {
        DatasetAddress address = spot.address();
        VersionView version = spot.version();
        String here = address.version(version);
        model.addAttribute("row", drawn(spot, row, form, formats));
        model.addAttribute("version", "v" + version.number());
        model.addAttribute("here", here);
        model.addAttribute("note", note);
        model.addAttribute("once", key);
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        List<Crumb> crumbs = new ArrayList<>(DatasetPages.crumbs(words, locale, shell));
        crumbs.add(new Crumb(spot.dataset().name(), address.dataset()));
        crumbs.add(new Crumb("v" + version.number(), here + "?tab=rows"));
        model.addAttribute("crumbs", crumbs);
        String api = "/api/v1/dataset-versions/" + version.id();
        model.addAttribute(
                "apiCall",
                row == null
                        ? ApiCall.post(request, api + "/edits")
                        : ApiCall.get(request, api + "/rows/" + row.number()));
        return "dataset/row";
    }

    private static Drawn drawn(Spot spot, @Nullable NumberedRow row, RowForm form, Formats formats) {
        if (row == null) {
            return new Drawn(0, "", "", List.of(), Map.of(), form, null, null);
        }
        VersionView version = spot.version();
        long number = row.number();
        return new Drawn(
                number,
                formats.number(row.characters()),
                RowCard.place(row.row()),
                row.problems(),
                RowMore.of(row.row()),
                form,
                number > 1 ? spot.address().row(version, number - 1) : null,
                number < version.rows() ? spot.address().row(version, number + 1) : null);
    }

    private Spot spot(String place, int version, Shell shell) {
        DatasetView dataset = datasets.byNumber(DatasetAddress.number(place));
        VersionView found = datasets.version(dataset.id(), version).orElseThrow(ErrorCode.NOT_FOUND::problem);
        return new Spot(dataset, DatasetAddress.of(shell, dataset), found);
    }
}
