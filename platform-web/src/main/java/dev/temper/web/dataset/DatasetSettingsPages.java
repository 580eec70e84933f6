package dev.temper.web.dataset;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.DatasetChange;
import dev.temper.platform.dataset.DatasetTags;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Deletions;
import dev.temper.platform.dataset.VersionView;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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

/** What of a dataset can be changed although its versions can't: names, tags, whether it is put away or deleted. */
@Controller
@RequestMapping("/t/{tenant}/datasets/" + DatasetAddress.PLACE)
class DatasetSettingsPages {
    private static final Pattern COMMAS = Pattern.compile("[,，;；]");

    private final Datasets datasets;
    private final Deletions deletions;
    private final DatasetTags tags;
    private final MessageSource words;

    DatasetSettingsPages(Datasets datasets, Deletions deletions, DatasetTags tags, MessageSource words) {
        this.datasets = datasets;
        this.deletions = deletions;
        this.tags = tags;
        this.words = words;
    }

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @PostMapping("/settings")
    String change(
            @PathVariable String place,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "") String labels,
            @RequestParam("version") long expected,
            Locale locale,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell) {
        DatasetView dataset = dataset(place);
        List<String> clean = COMMAS.splitAsStream(labels)
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .toList();
        return doing(dataset, "settings", shell, locale, redirect, () -> {
            datasets.change(dataset.id(), new DatasetChange(name, description, clean, null), only(expected));
            Told.done("dataset.settings.saved").on(redirect);
        });
    }

    @PostMapping("/archive")
    String archive(
            @PathVariable String place,
            @RequestParam boolean archived,
            @RequestParam("version") long expected,
            Locale locale,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell) {
        DatasetView dataset = dataset(place);
        return doing(dataset, "settings", shell, locale, redirect, () -> {
            datasets.change(dataset.id(), new DatasetChange(null, null, null, archived), only(expected));
            Told.done(archived ? "dataset.archived" : "dataset.unarchived", dataset.name())
                    .on(redirect);
        });
    }

    @PostMapping("/tags")
    String tag(
            @PathVariable String place,
            @RequestParam(defaultValue = "") String name,
            @RequestParam int to,
            @RequestParam("version") long expected,
            Locale locale,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell) {
        DatasetView dataset = dataset(place);
        return doing(dataset, "versions", shell, locale, redirect, () -> {
            VersionView target = version(dataset, to);
            DatasetTags.Tag tag = tags.put(dataset.id(), name, target.id(), only(expected));
            Told.done("dataset.tag.moved", tag.name(), "v" + tag.number()).on(redirect);
        });
    }

    @PostMapping("/tags/remove")
    String untag(
            @PathVariable String place,
            @RequestParam String name,
            @RequestParam("version") long expected,
            Locale locale,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell) {
        DatasetView dataset = dataset(place);
        return doing(dataset, "versions", shell, locale, redirect, () -> {
            tags.remove(dataset.id(), name, only(expected));
            Told.done("dataset.tag.removed", name).on(redirect);
        });
    }

    @GetMapping("/delete")
    String askDataset(@PathVariable String place, Model model, Locale locale, @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        DatasetView dataset = dataset(place);
        model.addAttribute("title", dataset.name());
        model.addAttribute("lead", "dataset.delete.lead");
        model.addAttribute("uses", List.of());
        model.addAttribute("expected", dataset.version());
        return ask(dataset, "/delete", model, locale, shell);
    }

    @PostMapping("/delete")
    String deleteDataset(
            @PathVariable String place,
            @RequestParam("version") long expected,
            Locale locale,
            HttpServletResponse response,
            Model model,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell) {
        DatasetView dataset = dataset(place);
        try {
            deletions.dataset(dataset.id(), only(expected));
            Told.done("dataset.deleted", dataset.name()).on(redirect);
            return "redirect:" + DatasetAddress.root(shell);
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return askDataset(place, model, locale, shell);
        }
    }

    @GetMapping("/v{number:\\d{1,9}}/delete")
    String askVersion(
            @PathVariable String place,
            @PathVariable int number,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.WRITE);
        DatasetView dataset = dataset(place);
        VersionView version = version(dataset, number);
        model.addAttribute("title", dataset.name() + " v" + number);
        model.addAttribute("lead", "dataset.version.delete.lead");
        model.addAttribute("uses", deletions.uses(version.id()));
        model.addAttribute("expected", dataset.version());
        return ask(dataset, "/v" + number + "/delete", model, locale, shell);
    }

    @PostMapping("/v{number:\\d{1,9}}/delete")
    String deleteVersion(
            @PathVariable String place,
            @PathVariable int number,
            Locale locale,
            HttpServletResponse response,
            Model model,
            RedirectAttributes redirect,
            @ModelAttribute("shell") Shell shell) {
        DatasetView dataset = dataset(place);
        try {
            deletions.version(version(dataset, number).id());
            Told.done("dataset.version.deleted", "v" + number).on(redirect);
            return "redirect:" + DatasetAddress.of(shell, dataset).dataset() + "?tab=versions";
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return askVersion(place, number, model, locale, shell);
        }
    }

    private String ask(DatasetView dataset, String action, Model model, Locale locale, Shell shell) {
        String home = DatasetAddress.of(shell, dataset).dataset();
        model.addAttribute("action", home + action);
        model.addAttribute("back", home + "?tab=settings");
        List<Crumb> crumbs = new ArrayList<>(DatasetPages.crumbs(words, locale, shell));
        crumbs.add(new Crumb(dataset.name(), home));
        model.addAttribute("crumbs", crumbs);
        return "dataset/delete";
    }

    /** Does it and goes back to the part of the page where its form is, with what came of it. */
    private String doing(
            DatasetView dataset, String tab, Shell shell, Locale locale, RedirectAttributes redirect, Runnable work) {
        try {
            work.run();
        } catch (Problem problem) {
            Told.wrong("dataset.refused", Refused.of(problem, locale).message()).on(redirect);
        }
        // Its name may be another one now.
        DatasetView now = datasets.get(dataset.id());
        return "redirect:" + DatasetAddress.of(shell, now).dataset() + "?tab=" + tab;
    }

    private DatasetView dataset(String place) {
        return datasets.byNumber(DatasetAddress.number(place));
    }

    private VersionView version(DatasetView dataset, int number) {
        return datasets.version(dataset.id(), number).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static IfMatch only(long version) {
        return new IfMatch(List.of(version));
    }
}
