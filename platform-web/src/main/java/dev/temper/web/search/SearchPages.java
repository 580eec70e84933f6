package dev.temper.web.search;

import dev.temper.web.shell.Shell;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The search page, and the same results for the command palette. */
@Controller
class SearchPages {
    private static final int LONGEST = 200;

    private final Search search;

    SearchPages(Search search) {
        this.search = search;
    }

    @GetMapping({"/search", "/t/{tenant}/search"})
    String page(
            @RequestParam(defaultValue = "") String q,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        find(q, model, locale, shell);
        return "search/search";
    }

    @GetMapping({"/search/palette", "/t/{tenant}/search/palette"})
    String palette(
            @RequestParam(defaultValue = "") String q,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        find(q, model, locale, shell);
        return "search/palette :: hits";
    }

    private void find(String q, Model model, Locale locale, Shell shell) {
        String query = q.length() > LONGEST ? q.substring(0, LONGEST) : q;
        List<Hit> hits = search.find(query, shell, locale);
        model.addAttribute("q", query);
        model.addAttribute("hits", hits);
    }
}
