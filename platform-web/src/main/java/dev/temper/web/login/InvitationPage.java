package dev.temper.web.login;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.InvitationOffer;
import dev.temper.platform.tenant.Invited;
import dev.temper.web.members.RoleCard;
import dev.temper.web.shell.Language;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import dev.temper.web.shell.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What somebody sees who opens an invitation's link. */
@Controller
@RequestMapping("/invite/{token}")
class InvitationPage {
    /** Where Spring Security looks for where somebody wanted to go. */
    private static final String SAVED_REQUEST = "SPRING_SECURITY_SAVED_REQUEST";

    private final Invited invited;

    InvitationPage(Invited invited) {
        this.invited = invited;
    }

    /** What was typed into the form. */
    record Form(String displayName) {}

    /**
     * An invitation and what its reader can do with it.
     *
     * @param mode {@code create} an account, {@code sign_in}, {@code join}, or {@code other}: signed in as somebody else
     */
    record Offer(
            String tenant,
            String role,
            String email,
            String mode,
            @Nullable String signedInAs) {
        static Offer of(InvitationOffer offer, @Nullable Viewer reader) {
            String mode = offer.hasAccount() ? "sign_in" : "create";
            if (reader != null) {
                mode = reader.email().equalsIgnoreCase(offer.email()) ? "join" : "other";
            }
            return new Offer(
                    offer.tenantName(),
                    RoleCard.of(offer.role()).label(),
                    offer.email(),
                    mode,
                    reader == null ? null : reader.email());
        }
    }

    @GetMapping
    String offer(@PathVariable String token, Model model, @ModelAttribute("shell") Shell shell) {
        return draw(token, invited.offer(token), new Form(""), model, shell);
    }

    private static String draw(String token, InvitationOffer offer, Form form, Model model, Shell shell) {
        model.addAttribute("token", token);
        model.addAttribute("form", form);
        model.addAttribute("invitation", Offer.of(offer, shell.viewer()));
        return "login/invitation";
    }

    /** Signing in leads back to the offer. */
    @GetMapping("/sign-in")
    String signIn(@PathVariable String token, HttpServletRequest request) {
        invited.offer(token);
        request.getSession().setAttribute(SAVED_REQUEST, new SimpleSavedRequest("/invite/" + token));
        return "redirect:/login";
    }

    @PostMapping
    String accept(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String displayName,
            @RequestParam(defaultValue = "") String password,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        InvitationOffer offer = invited.offer(token);
        try {
            if (Caller.current().person().isPresent()) {
                invited.accept(token);
                Told.done("accept.joined", offer.tenantName()).on(redirect);
                return "redirect:/t/" + offer.tenantSlug();
            }
            invited.accept(token, displayName, password, Language.of(locale).value());
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(token, offer, new Form(displayName), model, shell);
        }
        Told.done("accept.created", offer.tenantName()).on(redirect);
        redirect.addFlashAttribute("email", offer.email());
        return "redirect:/login";
    }
}
