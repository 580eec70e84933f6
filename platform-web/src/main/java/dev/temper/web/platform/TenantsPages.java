package dev.temper.web.platform;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.TenantChange;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.SecretLink;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
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

/** Every tenant of the platform: making one, renaming, suspending, resuming. */
@Controller
@RequestMapping("/admin/tenants")
class TenantsPages {
    private static final String ROOT = "/admin/tenants";

    private final Tenants tenants;
    private final NewTenant newTenant;
    private final Once once;
    private final MessageSource words;

    TenantsPages(Tenants tenants, NewTenant newTenant, Once once, MessageSource words) {
        this.tenants = tenants;
        this.newTenant = newTenant;
        this.once = once;
        this.words = words;
    }

    record TenantList(List<TenantRow> items, Pages pages) {}

    /** What was typed into the form. */
    record Form(String name, String slug, String ownerEmail) {}

    @ModelAttribute("area")
    String area() {
        return "tenants";
    }

    @GetMapping
    String list(PageQuery page, HttpServletRequest request, Model model, @ModelAttribute("fmt") Formats formats) {
        Page<TenantView> found = tenants.all(page);
        model.addAttribute(
                "tenants",
                new TenantList(
                        found.items().stream()
                                .map(tenant -> TenantRow.of(tenant, formats))
                                .toList(),
                        Pages.of(request, found.next())));
        return "platform/tenants";
    }

    @GetMapping("/new")
    String form(Model model, Locale locale) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return draw(new Form("", "", ""), once.key(), model, locale);
    }

    private String draw(Form form, String key, Model model, Locale locale) {
        model.addAttribute("form", form);
        model.addAttribute("once", key);
        model.addAttribute("crumbs", crumbs(locale));
        return "platform/new";
    }

    @PostMapping("/new")
    String create(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String slug,
            @RequestParam(defaultValue = "") String ownerEmail,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            return once.lead(key, () -> {
                NewTenant.Made made = newTenant.make(name, slug.isBlank() ? null : slug.strip(), ownerEmail);
                Told.done("tenants.was_created", made.tenant().name()).on(redirect);
                redirect.addFlashAttribute(
                        "invited",
                        new SecretLink(
                                made.owner().invitation().email(),
                                ApiCall.origin(request) + made.owner().path(),
                                made.owner().invitation().expiresAt()));
                return "redirect:" + ROOT + "/" + made.tenant().id() + "/invited";
            });
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(new Form(name, slug, ownerEmail), key, model, locale);
        }
    }

    @GetMapping("/{id}/invited")
    String invited(@PathVariable UUID id, Model model, Locale locale, @ModelAttribute("fmt") Formats formats) {
        model.addAttribute("tenant", TenantRow.of(tenants.get(id), formats));
        if (model.getAttribute("invited") instanceof SecretLink link) {
            model.addAttribute("expires", formats.day(link.expiresAt()));
        }
        model.addAttribute("crumbs", crumbs(locale));
        return "platform/invited";
    }

    @GetMapping("/{id}")
    String tenant(@PathVariable UUID id, Model model, Locale locale, @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        TenantView tenant = tenants.get(id);
        return draw(tenant, tenant.name(), model, locale, formats);
    }

    private String draw(TenantView tenant, String name, Model model, Locale locale, Formats formats) {
        model.addAttribute("tenant", TenantRow.of(tenant, formats));
        model.addAttribute("name", name);
        model.addAttribute("crumbs", crumbs(locale));
        return "platform/tenant";
    }

    @PostMapping("/{id}")
    String rename(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam long version,
            Model model,
            Locale locale,
            @ModelAttribute("fmt") Formats formats,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            Told.done(
                            "tenant.renamed",
                            tenants.update(id, new TenantChange(name, null), at(version))
                                    .name())
                    .on(redirect);
            return "redirect:" + ROOT + "/" + id;
        } catch (Problem problem) {
            return refuse(id, name, problem, model, locale, formats, response);
        }
    }

    @PostMapping("/{id}/suspend")
    String suspend(
            @PathVariable UUID id,
            @RequestParam long version,
            Model model,
            Locale locale,
            @ModelAttribute("fmt") Formats formats,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            Told.done("tenant.suspended", tenants.suspend(id, at(version)).name())
                    .on(redirect);
            return "redirect:" + ROOT + "/" + id;
        } catch (Problem problem) {
            return refuse(id, null, problem, model, locale, formats, response);
        }
    }

    @PostMapping("/{id}/resume")
    String resume(
            @PathVariable UUID id,
            @RequestParam long version,
            Model model,
            Locale locale,
            @ModelAttribute("fmt") Formats formats,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            Told.done("tenant.resumed", tenants.resume(id, at(version)).name()).on(redirect);
            return "redirect:" + ROOT + "/" + id;
        } catch (Problem problem) {
            return refuse(id, null, problem, model, locale, formats, response);
        }
    }

    private String refuse(
            UUID id,
            @Nullable String typed,
            Problem problem,
            Model model,
            Locale locale,
            Formats formats,
            HttpServletResponse response) {
        TenantView tenant = tenants.get(id);
        Refused.show(problem, model, response, locale);
        return draw(tenant, typed == null ? tenant.name() : typed, model, locale, formats);
    }

    private List<Crumb> crumbs(Locale locale) {
        return List.of(new Crumb(Objects.requireNonNull(words.getMessage("tenants.title", null, locale)), ROOT));
    }

    private static IfMatch at(long version) {
        return new IfMatch(List.of(version));
    }
}
