package dev.temper.web.notice;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.notice.IssuedWebhook;
import dev.temper.platform.notice.NoticeType;
import dev.temper.platform.notice.WebhookChange;
import dev.temper.platform.notice.WebhookView;
import dev.temper.platform.notice.Webhooks;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
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

/** The webhooks of a tenant, for its admins: all of them, and making, changing and deleting one. */
@Controller
@RequestMapping("/t/{tenant}/webhooks")
class WebhookPages {
    private static final String RULE = """
            webhook-signature: "v1," + base64(hmac_sha256(
              base64_decode(secret without "whsec_"),
              webhook-id + "." + webhook-timestamp + "." + body))""";

    private final Webhooks webhooks;
    private final Once once;
    private final MessageSource words;

    WebhookPages(Webhooks webhooks, Once once, MessageSource words) {
        this.webhooks = webhooks;
        this.once = once;
        this.words = words;
    }

    /** What was typed into the form. */
    record Form(String url, List<String> events) {}

    @ModelAttribute("area")
    String area() {
        return "webhooks";
    }

    @ModelAttribute("types")
    List<String> types() {
        return NoticeType.CODES;
    }

    @GetMapping
    String list(Model model, HttpServletRequest request) {
        model.addAttribute("webhooks", webhooks.list());
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/webhooks"));
        return "notice/webhooks";
    }

    @GetMapping("/new")
    String form(Model model, HttpServletRequest request, Locale locale, @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.MANAGE_TENANT);
        return draw(new Form("", NoticeType.CODES), once.key(), model, request, locale, shell);
    }

    private String draw(Form form, String key, Model model, HttpServletRequest request, Locale locale, Shell shell) {
        model.addAttribute("form", form);
        model.addAttribute("once", key);
        model.addAttribute("apiCall", ApiCall.post(request, "/api/v1/webhooks"));
        model.addAttribute("crumbs", crumbs(words, locale, shell));
        return "notice/webhook-form";
    }

    @PostMapping("/new")
    String create(
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") List<String> events,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            return once.lead(key, () -> show(webhooks.create(url, events), redirect, shell));
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(new Form(url, events), key, model, request, locale, shell);
        }
    }

    private static String show(IssuedWebhook issued, RedirectAttributes redirect, Shell shell) {
        redirect.addFlashAttribute(
                "issued",
                new IssuedSecret(issued.webhook().id(), issued.webhook().url(), issued.secret()));
        return "redirect:" + root(shell) + "/secret";
    }

    @GetMapping("/secret")
    String secret(Model model, Locale locale, @ModelAttribute("shell") Shell shell) {
        Caller.current().require(Permission.MANAGE_TENANT);
        model.addAttribute("rule", RULE);
        model.addAttribute("crumbs", crumbs(words, locale, shell));
        return "notice/webhook-secret";
    }

    @GetMapping("/{id}/edit")
    String edit(
            @PathVariable UUID id,
            Model model,
            HttpServletRequest request,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        WebhookView kept = webhooks.get(id);
        model.addAttribute("kept", kept);
        return draw(new Form(kept.url(), kept.events()), "", model, request, locale, shell);
    }

    @PostMapping("/{id}/edit")
    String change(
            @PathVariable UUID id,
            @RequestParam long version,
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") List<String> events,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            webhooks.change(id, new WebhookChange(url, events, null), new IfMatch(List.of(version)));
            Told.done("account.saved").on(redirect);
            return "redirect:" + root(shell) + "/" + id;
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            model.addAttribute("kept", webhooks.get(id));
            return draw(new Form(url, events), "", model, request, locale, shell);
        }
    }

    @PostMapping("/{id}/active")
    String activate(
            @PathVariable UUID id,
            @RequestParam boolean active,
            @RequestParam long version,
            @ModelAttribute("shell") Shell shell) {
        webhooks.change(id, new WebhookChange(null, null, active), new IfMatch(List.of(version)));
        return "redirect:" + root(shell) + "/" + id;
    }

    /** Both are beyond recall, and so are asked about first. */
    @GetMapping("/{id}/{what:renew|delete}")
    String ask(
            @PathVariable UUID id,
            @PathVariable String what,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell) {
        model.addAttribute("webhook", webhooks.get(id));
        model.addAttribute("what", what);
        model.addAttribute("crumbs", crumbs(words, locale, shell));
        return "notice/webhook-ask";
    }

    @PostMapping("/{id}/renew")
    String renew(
            @PathVariable UUID id,
            @RequestParam long version,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        return show(webhooks.renew(id, new IfMatch(List.of(version))), redirect, shell);
    }

    @PostMapping("/{id}/delete")
    String delete(
            @PathVariable UUID id,
            @RequestParam long version,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        String url = webhooks.get(id).url();
        webhooks.delete(id, new IfMatch(List.of(version)));
        Told.done("webhooks.deleted", url).on(redirect);
        return "redirect:" + root(shell);
    }

    static List<Crumb> crumbs(MessageSource words, Locale locale, Shell shell) {
        return List.of(
                new Crumb(Objects.requireNonNull(words.getMessage("webhooks.title", null, locale)), root(shell)));
    }

    static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/webhooks";
    }
}
