package dev.temper.web.members;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.InvitationView;
import dev.temper.platform.tenant.Invitations;
import dev.temper.platform.tenant.IssuedInvitation;
import dev.temper.platform.tenant.Role;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.SecretLink;
import dev.temper.web.shell.Shell;
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

/** Inviting somebody, the link that is shown once, and taking an invitation back. */
@Controller
@RequestMapping("/t/{tenant}/members")
class InvitationsPages {
    private final Invitations invitations;
    private final Once once;
    private final MessageSource words;

    InvitationsPages(Invitations invitations, Once once, MessageSource words) {
        this.invitations = invitations;
        this.once = once;
        this.words = words;
    }

    /** What was typed into the form. */
    record Form(String email, @Nullable String role) {}

    @ModelAttribute("area")
    String area() {
        return "members";
    }

    @ModelAttribute("crumbs")
    List<Crumb> crumbs(Locale locale, @PathVariable String tenant) {
        return List.of(new Crumb(
                Objects.requireNonNull(words.getMessage("members.title", null, locale)), "/t/" + tenant + "/members"));
    }

    @GetMapping("/invite")
    String form(Model model, HttpServletRequest request) {
        Caller.current().require(Permission.MANAGE_TENANT);
        return draw(new Form("", Role.MEMBER.name()), once.key(), model, request);
    }

    private static String draw(Form form, String key, Model model, HttpServletRequest request) {
        model.addAttribute("form", form);
        model.addAttribute("once", key);
        model.addAttribute("roles", MembersPages.grantable(Caller.current()));
        model.addAttribute("apiCall", ApiCall.post(request, "/api/v1/invitations"));
        return "members/invite";
    }

    @PostMapping("/invite")
    String invite(
            @RequestParam(defaultValue = "") String email,
            @RequestParam @Nullable String role,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            return once.lead(key, () -> {
                Role chosen = MembersPages.known(role);
                if (chosen == null) {
                    throw ErrorCode.FIELD_REQUIRED.at("/role");
                }
                IssuedInvitation issued = invitations.invite(email, chosen);
                redirect.addFlashAttribute(
                        "invited",
                        new SecretLink(
                                issued.invitation().email(),
                                ApiCall.origin(request) + issued.path(),
                                issued.invitation().expiresAt()));
                return "redirect:" + MembersPages.root(shell) + "/invited";
            });
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(new Form(email, role), key, model, request);
        }
    }

    @GetMapping("/invited")
    String invited(Model model, @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_TENANT);
        if (model.getAttribute("invited") instanceof SecretLink link) {
            model.addAttribute("expires", formats.day(link.expiresAt()));
        }
        return "members/invited";
    }

    @PostMapping("/invitations/{id}/revoke")
    String revoke(
            @PathVariable UUID id, Locale locale, @ModelAttribute("shell") Shell shell, RedirectAttributes redirect) {
        InvitationView invitation = invitations.get(id);
        invitations.revoke(id);
        Told.done("invitations.revoked", invitation.email()).on(redirect);
        return "redirect:" + MembersPages.root(shell);
    }
}
