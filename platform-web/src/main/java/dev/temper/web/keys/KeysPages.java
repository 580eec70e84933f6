package dev.temper.web.keys;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.ApiKeyView;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.IssuedApiKey;
import dev.temper.platform.tenant.Scope;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

/** The keys of a tenant: an admin sees all, everybody else their own. */
@Controller
@RequestMapping("/t/{tenant}/keys")
class KeysPages {
    private final ApiKeys keys;
    private final Once once;
    private final Clock clock;
    private final MessageSource words;

    KeysPages(ApiKeys keys, Once once, Clock clock, MessageSource words) {
        this.keys = keys;
        this.once = once;
        this.clock = clock;
        this.words = words;
    }

    record KeyList(List<KeyRow> items, Pages pages) {}

    /** What was typed into the form. */
    record Form(String name, Set<String> scopes, int days) {}

    @ModelAttribute("area")
    String area() {
        return "keys";
    }

    @GetMapping
    String list(PageQuery page, HttpServletRequest request, Model model, @ModelAttribute("fmt") Formats formats) {
        Page<ApiKeyView> found = keys.list(page);
        model.addAttribute(
                "keys",
                new KeyList(
                        found.items().stream()
                                .map(key -> KeyRow.of(key, formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/api-keys"));
        return "keys/keys";
    }

    @GetMapping("/new")
    String form(Model model, HttpServletRequest request, Locale locale, @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.READ);
        return draw(
                new Form("", Set.of(Scope.READ.name()), Lifetime.USUAL_DAYS),
                once.key(),
                model,
                request,
                locale,
                shell);
    }

    private String draw(Form form, String key, Model model, HttpServletRequest request, Locale locale, Shell shell) {
        model.addAttribute("form", form);
        model.addAttribute("once", key);
        model.addAttribute(
                "scopes",
                Arrays.stream(Scope.values())
                        .filter(scope -> scope.within(Caller.current().permissions()))
                        .map(ScopeChoice::of)
                        .toList());
        model.addAttribute("lifetimes", Lifetime.choices(clock, shell.look().zone()));
        model.addAttribute("apiCall", ApiCall.post(request, "/api/v1/api-keys"));
        model.addAttribute("crumbs", crumbs(locale, shell));
        return "keys/new";
    }

    @PostMapping("/new")
    String create(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") Set<String> scopes,
            @RequestParam(defaultValue = "90") int days,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            return once.lead(key, () -> {
                IssuedApiKey issued = keys.create(name, known(scopes), Lifetime.end(days, clock));
                redirect.addFlashAttribute(
                        "created",
                        new CreatedKey(
                                issued.apiKey().name(),
                                issued.secret(),
                                ApiCall.get(request, "/api/v1/memberships", issued.secret())));
                return "redirect:" + root(shell) + "/created";
            });
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(new Form(name, scopes, days), key, model, request, locale, shell);
        }
    }

    private static Set<Scope> known(Set<String> scopes) {
        return Arrays.stream(Scope.values())
                .filter(scope -> scopes.contains(scope.name()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    }

    @GetMapping("/created")
    String created(Model model, Locale locale, @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.READ);
        model.addAttribute("crumbs", crumbs(locale, shell));
        return "keys/created";
    }

    @GetMapping("/{id}/revoke")
    String ask(
            @PathVariable UUID id,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        model.addAttribute("key", KeyRow.of(keys.get(id), formats));
        model.addAttribute("crumbs", crumbs(locale, shell));
        return "keys/revoke";
    }

    @PostMapping("/{id}/revoke")
    String revoke(@PathVariable UUID id, @ModelAttribute("shell") Shell shell, RedirectAttributes redirect) {
        Told.done("keys.was_revoked", keys.revoke(id).name()).on(redirect);
        return "redirect:" + root(shell);
    }

    private List<Crumb> crumbs(Locale locale, Shell shell) {
        return List.of(new Crumb(Objects.requireNonNull(words.getMessage("keys.title", null, locale)), root(shell)));
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/keys";
    }
}
