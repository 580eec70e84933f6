package dev.temper.web.dataset;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Measure;
import dev.temper.platform.dataset.PreviewRow;
import dev.temper.platform.dataset.TokenCountView;
import dev.temper.platform.dataset.TokenCounts;
import dev.temper.platform.dataset.Why;
import dev.temper.web.dataset.PreviewCard.Shown;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A version as a model sees it. */
@Controller
@RequestMapping("/t/{tenant}/datasets/{number:\\d{1,18}}/preview")
class PreviewPages {
    private static final int MOST_TOKENS = 1_000_000;

    private final Datasets datasets;
    private final TokenCounts counts;
    private final MessageSource words;

    PreviewPages(Datasets datasets, TokenCounts counts, MessageSource words) {
        this.datasets = datasets;
        this.counts = counts;
        this.words = words;
    }

    record Rows(List<Shown> items, Pages pages) {}

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping
    String preview(
            @PathVariable long number,
            PageQuery page,
            @RequestParam(required = false) @Nullable UUID version,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String template,
            @RequestParam(required = false) @Nullable Integer cutoff,
            @RequestParam(defaultValue = "all") String why,
            HttpServletRequest request,
            Model view,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        DatasetView dataset = datasets.byNumber(number);
        DatasetView.Latest latest = dataset.latest();
        if (latest == null) {
            return "redirect:" + DatasetPages.root(shell) + "/" + number; // Says that its rows are still to come.
        }
        UUID id = version == null ? latest.id() : version;
        int most = Math.clamp(cutoff == null ? Measure.DEFAULT_CUTOFF : cutoff, 1, MOST_TOKENS);
        Why wanted = Why.of(why).orElse(Why.ALL);
        List<Crumb> crumbs = new ArrayList<>(DatasetPages.crumbs(words, locale, shell));
        crumbs.add(new Crumb(dataset.name(), DatasetPages.root(shell) + "/" + number));
        view.addAttribute("crumbs", crumbs);
        view.addAttribute("dataset", DatasetRow.of(dataset, shell, formats));
        view.addAttribute("version", "v" + datasets.version(id).number());
        view.addAttribute("versionId", version);
        view.addAttribute("models", counts.models());
        view.addAttribute("why", wanted.id());
        view.addAttribute("cutoff", most);
        view.addAttribute("apiCall", ApiCall.get(request, "/api/v1/dataset-versions/" + id + "/token-counts"));
        if (!counts.models().isEmpty()) {
            measure(id, new Measure(model, template, most), wanted, page, request, view, formats);
        }
        return "dataset/preview";
    }

    private void measure(
            UUID id,
            Measure measure,
            Why why,
            PageQuery page,
            HttpServletRequest request,
            Model view,
            Formats formats) {
        TokenCountView counted;
        Measure used = measure;
        try {
            counted = counts.of(id, measure);
        } catch (CodedException unknown) {
            // A model or template that is not there any more; what is there is shown instead.
            used = new Measure(null, null, measure.cutoff());
            counted = counts.of(id, used);
        }
        view.addAttribute("model", counted.model());
        view.addAttribute("template", counted.template());
        view.addAttribute("templates", counted.templates());
        view.addAttribute("counted", PreviewCard.of(counted, formats));
        Page<PreviewRow> rows = counts.preview(id, used, counted.statistics() == null ? Why.ALL : why, page);
        view.addAttribute(
                "rows",
                new Rows(
                        rows.items().stream().map(row -> Shown.of(row, formats)).toList(),
                        Pages.of(request, rows.next())));
    }
}
