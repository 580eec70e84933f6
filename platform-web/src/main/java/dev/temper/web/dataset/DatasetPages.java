package dev.temper.web.dataset;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.dataset.DatasetTags;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.ExportAs;
import dev.temper.platform.dataset.Exports;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.Lineages;
import dev.temper.platform.dataset.SampleData;
import dev.temper.platform.dataset.VersionView;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/** The datasets of a tenant, and each with its parts. */
@Controller
@RequestMapping("/t/{tenant}/datasets")
class DatasetPages {
    private final Datasets datasets;
    private final Imports imports;
    private final Exports exports;
    private final SampleData samples;
    private final Lineages lineages;
    private final DatasetTags tags;
    private final RowsTab.Reader rows;
    private final ReportView.Reader reports;
    private final Once once;
    private final MessageSource words;

    DatasetPages(
            Datasets datasets,
            Imports imports,
            Exports exports,
            SampleData samples,
            Lineages lineages,
            DatasetTags tags,
            RowsTab.Reader rows,
            ReportView.Reader reports,
            Once once,
            MessageSource words) {
        this.datasets = datasets;
        this.imports = imports;
        this.exports = exports;
        this.samples = samples;
        this.lineages = lineages;
        this.tags = tags;
        this.rows = rows;
        this.reports = reports;
        this.once = once;
        this.words = words;
    }

    record DatasetList(List<DatasetRow> items, Pages pages) {}

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping
    String list(
            PageQuery page,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = "false") boolean archived,
            HttpServletRequest request,
            Model model,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Page<DatasetView> found = datasets.list(page, q == null || q.isBlank() ? null : q, archived);
        model.addAttribute(
                "datasets",
                new DatasetList(
                        found.items().stream()
                                .map(dataset -> DatasetRow.of(dataset, shell, formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("q", q == null ? "" : q);
        model.addAttribute("archived", archived);
        model.addAttribute("mayImport", Caller.current().may(Permission.WRITE));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/datasets"));
        return "dataset/datasets";
    }

    @GetMapping({"/" + DatasetAddress.PLACE, "/" + DatasetAddress.PLACE + "/v{version:\\d{1,9}}"})
    Object dataset(
            @PathVariable String place,
            @PathVariable(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String tab,
            @RequestParam(required = false) @Nullable String code,
            RowFilter filter,
            PageQuery page,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        DatasetView dataset = datasets.byNumber(DatasetAddress.number(place));
        DatasetAddress address = DatasetAddress.of(shell, dataset);
        if (!address.place().equals(place)) {
            return moved(version == null ? address.dataset() : address.version(version), request);
        }
        VersionView shown = datasets.version(dataset.id(), version).orElse(null);
        if (shown == null && version != null) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        DatasetTab now = DatasetTab.of(tab);
        model.addAttribute("head", DatasetHead.of(address, dataset, shown, now, formats));
        model.addAttribute("tab", now.id());
        model.addAttribute("crumbs", crumbs(words, locale, shell));
        if (shown == null) {
            model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/datasets/" + dataset.id()));
            return "dataset/dataset";
        }
        switch (now) {
            case REPORT -> report(shown, address, code, page, request, model, locale, formats);
            case ROWS -> {
                model.addAttribute("filter", filter);
                model.addAttribute("rows", rows.read(shown, address.version(shown), filter, page, request, formats));
                model.addAttribute("apiCall", ApiCall.get(request, api(shown) + "/rows"));
            }
            case STATISTICS -> {
                model.addAttribute("statistics", StatisticsTab.of(shown, address.version(shown), formats));
                model.addAttribute("apiCall", ApiCall.get(request, api(shown)));
            }
            case LINEAGE -> {
                model.addAttribute("lineage", lineages.of(shown.id()));
                model.addAttribute("apiCall", ApiCall.get(request, api(shown) + "/lineage"));
            }
            case SETTINGS -> {
                model.addAttribute("settings", dataset);
                model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/datasets/" + dataset.id()));
            }
            case VERSIONS -> {
                model.addAttribute("tags", tags.of(dataset.id()));
                model.addAttribute("etag", dataset.version());
                model.addAttribute("versions", versions(dataset, address, page, request, formats));
                model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/datasets/" + dataset.id() + "/versions"));
            }
        }
        return "dataset/dataset";
    }

    /** Something to try things with, where nobody has data at hand. */
    @PostMapping("/samples")
    String addSamples(@ModelAttribute("shell") Shell shell, RedirectAttributes next) {
        Told.done("datasets.samples.added", String.valueOf(samples.addAll().size()))
                .on(next);
        return "redirect:" + root(shell);
    }

    private void report(
            VersionView shown,
            DatasetAddress address,
            @Nullable String code,
            PageQuery page,
            HttpServletRequest request,
            Model model,
            Locale locale,
            Formats formats) {
        model.addAttribute("made", VersionCard.of(shown, parent(shown), address, formats));
        imports.behind(shown.id())
                .ifPresent(
                        one -> model.addAttribute("report", reports.read(one, code, page, request, formats, locale)));
        model.addAttribute("repairKey", once.key());
        model.addAttribute("formats", ExportAs.ids());
        model.addAttribute("apiCall", ApiCall.get(request, api(shown)));
    }

    private @Nullable VersionView parent(VersionView version) {
        return version.parent() == null
                ? null
                : datasets.versionIfThere(version.parent()).orElse(null);
    }

    /** The versions of a dataset. */
    record VersionList(List<VersionCard> items, Pages pages) {}

    private VersionList versions(
            DatasetView dataset, DatasetAddress address, PageQuery page, HttpServletRequest request, Formats formats) {
        Page<VersionView> found = datasets.versions(dataset.id(), page);
        return new VersionList(
                found.items().stream()
                        .map(one -> VersionCard.of(one, parent(one), address, formats))
                        .toList(),
                Pages.of(request, found.next()));
    }

    @GetMapping("/" + DatasetAddress.PLACE + "/v{version:\\d{1,9}}/export")
    void export(
            @PathVariable String place,
            @PathVariable int version,
            @RequestParam String format,
            HttpServletResponse response)
            throws IOException {
        DatasetView dataset = datasets.byNumber(DatasetAddress.number(place));
        VersionView left = datasets.version(dataset.id(), version).orElseThrow(ErrorCode.NOT_FOUND::problem);
        exports.send(left.id(), format, response);
    }

    /** An address that people keep: renaming a dataset breaks none. */
    static View moved(String path, HttpServletRequest request) {
        String query = request.getQueryString();
        RedirectView view = new RedirectView(query == null ? path : path + "?" + query);
        view.setStatusCode(HttpStatus.MOVED_PERMANENTLY);
        return view;
    }

    private static String api(VersionView version) {
        return "/api/v1/dataset-versions/" + version.id();
    }

    static List<Crumb> crumbs(MessageSource words, Locale locale, Shell shell) {
        return List.of(
                new Crumb(Objects.requireNonNull(words.getMessage("datasets.title", null, locale)), root(shell)));
    }

    static String root(Shell shell) {
        return DatasetAddress.root(shell);
    }
}
