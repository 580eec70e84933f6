package dev.temper.web.model;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.model.BaseModelView;
import dev.temper.platform.model.BaseModels;
import dev.temper.platform.model.CommercialUse;
import dev.temper.platform.model.Licence;
import dev.temper.platform.model.ModelImports;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.TenantLink;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
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

/** The base models of a tenant and those that are shared; the platform's admins see the shared ones alone. */
@Controller
@RequestMapping({"/t/{tenant}/models/base", "/admin/models"})
class BaseModelPages {
    private final BaseModels models;
    private final ModelImports imports;
    private final MessageSource words;

    BaseModelPages(BaseModels models, ModelImports imports, MessageSource words) {
        this.models = models;
        this.imports = imports;
        this.words = words;
    }

    record ModelList(List<ModelRow> items, Pages pages) {}

    @ModelAttribute("area")
    String area() {
        return "models";
    }

    @GetMapping
    String list(
            PageQuery page,
            HttpServletRequest request,
            Model model,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Page<BaseModelView> found = models.list(page);
        model.addAttribute(
                "models",
                new ModelList(
                        found.items().stream()
                                .map(one -> ModelRow.of(one, formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("root", root(shell));
        model.addAttribute("mayImport", Caller.current().may(importing(shell)));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/base-models"));
        return "model/models";
    }

    @GetMapping("/{name}")
    String look(
            @PathVariable String name,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        BaseModelView found = models.byName(name);
        model.addAttribute("card", ModelCard.of(found, formats, locale));
        model.addAttribute("template", models.chatTemplate(found.id()).orElse(null));
        model.addAttribute("uses", CommercialUse.values());
        model.addAttribute("mayChange", models.mayChange(found));
        model.addAttribute("mayImport", Caller.current().may(importing(shell)));
        model.addAttribute(
                "mayAccept", shell.tenant() != null && Caller.current().may(Permission.MANAGE_TENANT));
        model.addAttribute(
                "mayTrain",
                shell.tenant() != null && found.usable() && Caller.current().may(Permission.WRITE));
        model.addAttribute("root", root(shell));
        model.addAttribute("crumbs", crumbs(words, locale, shell));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/base-models/" + found.id()));
        return "model/model";
    }

    @PostMapping("/{name}/licence")
    String describe(
            @PathVariable String name,
            @RequestParam long version,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "") String licence,
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "UNKNOWN") CommercialUse use,
            @RequestParam(defaultValue = "false") boolean gated,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        BaseModelView found = models.byName(name);
        models.change(
                found.id(),
                new BaseModels.Change(description, new Licence(licence, url, text, use, gated)),
                new IfMatch(List.of(version)));
        Told.done("models.changed", found.name()).on(redirect);
        return back(shell, found);
    }

    @PostMapping("/{name}/accept")
    String accept(@PathVariable String name, @ModelAttribute("shell") Shell shell, RedirectAttributes redirect) {
        BaseModelView found = models.byName(name);
        models.accept(found.id());
        Told.done("models.accepted", found.name()).on(redirect);
        return back(shell, found);
    }

    @PostMapping("/{name}/unaccept")
    String unaccept(@PathVariable String name, @ModelAttribute("shell") Shell shell, RedirectAttributes redirect) {
        BaseModelView found = models.byName(name);
        models.unaccept(found.id());
        Told.done("models.unaccepted", found.name()).on(redirect);
        return back(shell, found);
    }

    @PostMapping("/{name}/again")
    String again(@PathVariable String name, @ModelAttribute("shell") Shell shell) {
        return back(shell, imports.again(models.byName(name).id()));
    }

    @PostMapping("/{name}/withdraw")
    String withdraw(
            @PathVariable String name,
            @RequestParam long version,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        BaseModelView gone = models.withdraw(models.byName(name).id(), new IfMatch(List.of(version)));
        Told.done("models.withdrawn", gone.name()).on(redirect);
        return back(shell, gone);
    }

    @PostMapping("/{name}/restore")
    String restore(
            @PathVariable String name,
            @RequestParam long version,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        BaseModelView there = models.restore(models.byName(name).id(), new IfMatch(List.of(version)));
        Told.done("models.restored", there.name()).on(redirect);
        return back(shell, there);
    }

    @PostMapping("/{name}/delete")
    String delete(
            @PathVariable String name,
            @RequestParam long version,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        BaseModelView gone = models.byName(name);
        models.delete(gone.id(), new IfMatch(List.of(version)));
        Told.done("models.deleted", gone.name()).on(redirect);
        return "redirect:" + root(shell);
    }

    private static String back(Shell shell, BaseModelView model) {
        return "redirect:" + root(shell) + "/" + model.name();
    }

    static Permission importing(Shell shell) {
        return shell.tenant() == null ? Permission.MANAGE_PLATFORM : Permission.WRITE;
    }

    static String root(Shell shell) {
        TenantLink tenant = shell.tenant();
        return tenant == null ? "/admin/models" : "/t/" + tenant.slug() + "/models/base";
    }

    static List<Crumb> crumbs(MessageSource words, Locale locale, Shell shell) {
        return List.of(new Crumb(words.getMessage("models.title", null, locale), root(shell)));
    }
}
