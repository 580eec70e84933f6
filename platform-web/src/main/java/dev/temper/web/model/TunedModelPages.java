package dev.temper.web.model;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.model.TunedModelView;
import dev.temper.platform.model.TunedModels;
import dev.temper.web.compute.Measures;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The models that came of a tenant's tasks: each with what it came of and its files. */
@Controller
@RequestMapping("/t/{tenant}/models/tuned")
class TunedModelPages {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TunedModels models;
    private final MessageSource words;

    TunedModelPages(TunedModels models, MessageSource words) {
        this.models = models;
        this.words = words;
    }

    /** A tuned model in the list. */
    record Line(
            long number,
            String name,
            int version,
            String kind,
            String base,
            String size,
            String by,
            @Nullable Moment created) {
        static Line of(TunedModelView model, Formats formats) {
            return new Line(
                    model.number(),
                    model.name(),
                    model.version(),
                    "tuned.kind." + model.kind().name().toLowerCase(Locale.ROOT),
                    model.base(),
                    Measures.size(model.size()),
                    model.createdBy(),
                    formats.moment(model.createdAt()));
        }
    }

    record Lines(List<Line> items, Pages pages) {}

    /** A dataset version it learned from. */
    record Ingredient(String name, long version, String rows) {}

    /** One of its files. */
    record File(String path, String sha256, String size) {}

    @ModelAttribute("area")
    String area() {
        return "models";
    }

    @GetMapping
    String list(PageQuery page, HttpServletRequest request, Model model, @ModelAttribute("fmt") Formats formats) {
        Page<TunedModelView> found = models.list(page);
        model.addAttribute(
                "models",
                new Lines(
                        found.items().stream().map(one -> Line.of(one, formats)).toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/tuned-models"));
        return "model/tuned";
    }

    @GetMapping("/{number:\\d{1,18}}")
    String look(
            @PathVariable long number,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        TunedModelView found = models.byNumber(number);
        JsonNode lineage = JSON.readTree(found.lineage());
        List<Ingredient> data = new ArrayList<>();
        for (JsonNode one : lineage.path("data")) {
            data.add(new Ingredient(
                    one.path("name").asString(""),
                    one.path("number").asLong(),
                    formats.number(one.path("rows").asLong())));
        }
        model.addAttribute("tuned", Line.of(found, formats));
        model.addAttribute("view", found);
        model.addAttribute("data", data);
        model.addAttribute("stage", lineage.path("stage").asString(""));
        model.addAttribute("method", lineage.path("method").path("type").asString(""));
        model.addAttribute(
                "files",
                models.files(found.id()).stream()
                        .map(file -> new File(file.path(), file.sha256(), Measures.size(file.size())))
                        .toList());
        model.addAttribute("mayChange", Caller.current().may(Permission.WRITE));
        model.addAttribute(
                "crumbs",
                List.of(new Crumb(Objects.requireNonNull(words.getMessage("tuned.title", null, locale)), root(shell))));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/tuned-models/" + found.id()));
        return "model/tuned-model";
    }

    /** A browser goes on in the middle by itself: the answer honours ranges. */
    @GetMapping("/{number:\\d{1,18}}/file")
    ResponseEntity<Resource> take(@PathVariable long number, @RequestParam String path) {
        return models.take(models.byNumber(number).id(), path).answer();
    }

    @PostMapping("/{number:\\d{1,18}}/delete")
    String delete(@PathVariable long number, @ModelAttribute("shell") Shell shell, RedirectAttributes redirect) {
        TunedModelView gone = models.byNumber(number);
        models.delete(gone.id());
        Told.done("tuned.deleted", gone.name(), String.valueOf(gone.version())).on(redirect);
        return "redirect:" + root(shell);
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/models/tuned";
    }
}
