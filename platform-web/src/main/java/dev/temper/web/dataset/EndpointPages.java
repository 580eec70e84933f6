package dev.temper.web.dataset;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.dataset.EndpointChange;
import dev.temper.platform.dataset.EndpointView;
import dev.temper.platform.dataset.ModelEndpoints;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The models elsewhere that a tenant's recipes may ask. */
@Controller
@RequestMapping("/t/{tenant}/datasets/endpoints")
class EndpointPages {
    private final ModelEndpoints endpoints;
    private final MessageSource words;

    EndpointPages(ModelEndpoints endpoints, MessageSource words) {
        this.endpoints = endpoints;
        this.words = words;
    }

    record Configured(List<EndpointView> items, Pages pages) {}

    /** What is typed; never the key. */
    record Typed(String name, String baseUrl, String model) {}

    @ModelAttribute("area")
    String area() {
        return "datasets";
    }

    @GetMapping
    String list(
            PageQuery page,
            Model model,
            HttpServletRequest request,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        return draw(page, new Typed("", "", ""), model, request, locale, shell);
    }

    @PostMapping
    String create(
            PageQuery page,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String baseUrl,
            @RequestParam(name = "model", defaultValue = "") String modelName,
            @RequestParam(defaultValue = "") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            EndpointView made = endpoints.create(new EndpointChange(name, baseUrl, modelName, key));
            Told.done("endpoints.created", made.name()).on(redirect);
            return "redirect:" + DatasetPages.root(shell) + "/endpoints";
        } catch (CodedException refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refused", Refused.of(refused, locale));
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
        }
        return draw(page, new Typed(name, baseUrl, modelName), model, request, locale, shell);
    }

    @GetMapping("/{id}")
    String form(
            @PathVariable UUID id,
            Model model,
            HttpServletRequest request,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.MANAGE_TENANT);
        EndpointView kept = endpoints.get(id);
        return draw(kept, new Typed(kept.name(), kept.baseUrl(), kept.model()), model, request, locale, shell);
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable UUID id,
            @RequestParam long version,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String baseUrl,
            @RequestParam(name = "model", defaultValue = "") String modelName,
            @RequestParam(defaultValue = "") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            var change = new EndpointChange(name, baseUrl, modelName, key.isBlank() ? null : key);
            EndpointView changed = endpoints.change(id, change, new IfMatch(List.of(version)));
            Told.done("endpoints.changed", changed.name()).on(redirect);
            return "redirect:" + DatasetPages.root(shell) + "/endpoints";
        } catch (CodedException refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refused", Refused.of(refused, locale));
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
        }
        return draw(endpoints.get(id), new Typed(name, baseUrl, modelName), model, request, locale, shell);
    }

    private String draw(
            EndpointView kept, Typed typed, Model model, HttpServletRequest request, Locale locale, Shell shell) {
        model.addAttribute("kept", kept);
        model.addAttribute("form", typed);
        model.addAttribute("crumbs", RecipePages.crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/model-endpoints/" + kept.id()));
        return "dataset/endpoint";
    }

    @PostMapping("/{id}/delete")
    String delete(
            @PathVariable UUID id,
            @RequestParam long version,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        String name = endpoints.get(id).name();
        endpoints.delete(id, new IfMatch(List.of(version)));
        Told.done("endpoints.deleted", name).on(redirect);
        return "redirect:" + DatasetPages.root(shell) + "/endpoints";
    }

    private String draw(
            PageQuery page, Typed typed, Model model, HttpServletRequest request, Locale locale, Shell shell) {
        Page<EndpointView> found = endpoints.list(page);
        model.addAttribute("endpoints", new Configured(found.items(), Pages.of(request, found.next())));
        model.addAttribute("form", typed);
        model.addAttribute("mayManage", Caller.current().may(Permission.MANAGE_TENANT));
        model.addAttribute("crumbs", RecipePages.crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/model-endpoints"));
        return "dataset/endpoints";
    }
}
