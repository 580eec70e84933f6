package dev.temper.web.dataset;

import dev.temper.data.row.RowText;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.NumberedRow;
import dev.temper.platform.dataset.VersionDiff;
import dev.temper.platform.dataset.VersionView;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How two versions of a dataset differ, row by row. */
@Controller
@RequestMapping("/t/{tenant}/datasets/" + DatasetAddress.PLACE + "/diff")
class DiffPages {
    private final Datasets datasets;
    private final MessageSource words;

    DiffPages(Datasets datasets, MessageSource words) {
        this.datasets = datasets;
        this.words = words;
    }

    /** One side of a change. */
    record Side(String number, String href, String question, String answer) {
        static @Nullable Side of(@Nullable NumberedRow row, String version) {
            return row == null
                    ? null
                    : new Side(
                            String.valueOf(row.number()),
                            version + "/rows/" + row.number(),
                            RowText.question(row.row()),
                            RowText.answer(row.row()));
        }
    }

    /** @param kind a message */
    record Changed(
            String kind,
            String tone,
            @Nullable Side before,
            @Nullable Side after) {}

    record Count(String label, String rows, String href, boolean chosen) {}

    record Diff(List<Count> counts, List<Changed> items, Pages pages) {}

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping
    Object diff(
            @PathVariable String place,
            @RequestParam int from,
            @RequestParam int to,
            @RequestParam(required = false) @Nullable String kind,
            PageQuery page,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        DatasetView dataset = datasets.byNumber(DatasetAddress.number(place));
        DatasetAddress address = DatasetAddress.of(shell, dataset);
        if (!address.place().equals(place)) {
            return DatasetPages.moved(address.dataset() + "/diff", request);
        }
        VersionView before = version(dataset, from);
        VersionView after = version(dataset, to);
        VersionDiff.@Nullable Kind only = Arrays.stream(VersionDiff.Kind.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst()
                .orElse(null);
        VersionDiff diff = datasets.diff(after.id(), before.id(), only, page);
        String here = address.dataset() + "/diff?from=" + from + "&to=" + to;
        model.addAttribute(
                "diff",
                new Diff(
                        List.of(
                                count(null, diff.added() + diff.removed() + diff.changed(), only, here, formats),
                                count(VersionDiff.Kind.ADDED, diff.added(), only, here, formats),
                                count(VersionDiff.Kind.REMOVED, diff.removed(), only, here, formats),
                                count(VersionDiff.Kind.CHANGED, diff.changed(), only, here, formats)),
                        diff.changes().stream()
                                .map(change -> changed(change, address.version(before), address.version(after)))
                                .toList(),
                        Pages.of(request, diff.next())));
        model.addAttribute("from", "v" + from);
        model.addAttribute("to", "v" + to);
        List<Crumb> crumbs = new ArrayList<>(DatasetPages.crumbs(words, locale, shell));
        crumbs.add(new Crumb(dataset.name(), address.dataset()));
        crumbs.add(new Crumb("v" + to, address.version(after) + "?tab=versions"));
        model.addAttribute("crumbs", crumbs);
        model.addAttribute(
                "apiCall",
                ApiCall.get(request, "/api/v1/dataset-versions/" + after.id() + "/diff?against=" + before.id()));
        return "dataset/diff";
    }

    private static Count count(
            VersionDiff.@Nullable Kind kind,
            long rows,
            VersionDiff.@Nullable Kind chosen,
            String here,
            Formats formats) {
        String name = kind == null ? "all" : kind.name().toLowerCase(Locale.ROOT);
        return new Count(
                "dataset.diff." + name,
                formats.number(rows),
                kind == null ? here : here + "&kind=" + name,
                kind == chosen);
    }

    private static Changed changed(VersionDiff.Change change, String before, String after) {
        Side was = Side.of(change.before(), before);
        Side is = Side.of(change.after(), after);
        if (was == null) {
            return new Changed("dataset.diff.added", "ok", null, is);
        }
        return is == null
                ? new Changed("dataset.diff.removed", "bad", was, null)
                : new Changed("dataset.diff.changed", "warn", was, is);
    }

    private VersionView version(DatasetView dataset, int number) {
        return datasets.version(dataset.id(), number).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }
}
