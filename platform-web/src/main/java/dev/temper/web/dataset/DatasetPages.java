package dev.temper.web.dataset;

import dev.temper.data.row.RowText;
import dev.temper.data.write.ExportFormat;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Exports;
import dev.temper.platform.dataset.NumberedRow;
import dev.temper.platform.dataset.RowOrder;
import dev.temper.platform.dataset.RowQuery;
import dev.temper.platform.dataset.SampleData;
import dev.temper.platform.dataset.VersionStatistics;
import dev.temper.platform.dataset.VersionView;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The datasets of a tenant, and the rows in them. */
@Controller
@RequestMapping("/t/{tenant}/datasets")
class DatasetPages {
    private final Datasets datasets;
    private final Exports exports;
    private final SampleData samples;
    private final MessageSource words;

    DatasetPages(Datasets datasets, Exports exports, SampleData samples, MessageSource words) {
        this.datasets = datasets;
        this.exports = exports;
        this.samples = samples;
        this.words = words;
    }

    record DatasetList(List<DatasetRow> items, Pages pages) {}

    /** One row of a version: what is asked and what is learned. */
    record Shown(long number, String question, String answer, String place) {
        static Shown of(NumberedRow row) {
            String within = row.row().place().within();
            return new Shown(
                    row.number(),
                    RowText.question(row.row()),
                    RowText.answer(row.row()),
                    row.row().place().file() + (within == null ? "" : " · " + within) + " · "
                            + row.row().place().line());
        }
    }

    record Rows(List<Shown> items, Pages pages) {}

    record Figure(String label, String value) {}

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping
    String list(
            PageQuery page,
            @RequestParam(required = false) @Nullable String q,
            HttpServletRequest request,
            Model model,
            @ModelAttribute("fmt") Formats formats) {
        Page<DatasetView> found = datasets.list(page, blankToNull(q));
        model.addAttribute(
                "datasets",
                new DatasetList(
                        found.items().stream()
                                .map(dataset -> DatasetRow.of(dataset, formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("q", q == null ? "" : q);
        model.addAttribute("mayImport", Caller.current().may(Permission.WRITE));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/datasets"));
        return "dataset/datasets";
    }

    @GetMapping("/{number:\\d{1,18}}")
    String dataset(
            @PathVariable long number,
            PageQuery page,
            @RequestParam(required = false) @Nullable String q,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        DatasetView dataset = datasets.byNumber(number);
        model.addAttribute("dataset", DatasetRow.of(dataset, formats));
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        model.addAttribute("q", q == null ? "" : q);
        model.addAttribute("crumbs", crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/datasets/" + dataset.id()));
        DatasetView.Latest latest = dataset.latest();
        if (latest != null) {
            VersionView version = datasets.version(latest.id());
            Page<NumberedRow> rows =
                    datasets.rows(version.id(), new RowQuery(blankToNull(q), null, 1, RowOrder.NUMBER), page);
            model.addAttribute(
                    "rows", new Rows(rows.items().stream().map(Shown::of).toList(), Pages.of(request, rows.next())));
            model.addAttribute("figures", figures(version.statistics(), formats));
            model.addAttribute(
                    "formats",
                    Arrays.stream(ExportFormat.values()).map(ExportFormat::id).toList());
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

    @GetMapping("/{number:\\d{1,18}}/export")
    void export(@PathVariable long number, @RequestParam String format, HttpServletResponse response)
            throws IOException {
        DatasetView.Latest latest = datasets.byNumber(number).latest();
        ExportFormat wanted = ExportFormat.of(format).orElseThrow(ErrorCode.NOT_FOUND::problem);
        if (latest == null) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        String name = exports.begin(latest.id(), wanted);
        response.setContentType(wanted.mediaType() + ";charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        exports.write(latest.id(), wanted, response.getOutputStream());
    }

    private static List<Figure> figures(VersionStatistics statistics, Formats formats) {
        return List.of(
                new Figure("datasets.rows", formats.number(statistics.rows())),
                new Figure("datasets.turns", formats.number(statistics.turns())),
                new Figure("datasets.characters", formats.number(statistics.characters())),
                new Figure("datasets.median", formats.number(statistics.medianCharacters())),
                new Figure("datasets.longest", formats.number(statistics.maxCharacters())),
                new Figure("datasets.repeated", formats.number(statistics.repeated())));
    }

    static List<Crumb> crumbs(MessageSource words, Locale locale, Shell shell) {
        return List.of(
                new Crumb(Objects.requireNonNull(words.getMessage("datasets.title", null, locale)), root(shell)));
    }

    static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/datasets";
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
