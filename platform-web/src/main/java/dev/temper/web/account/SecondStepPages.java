package dev.temper.web.account;

import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.TotpOffer;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Turning the second step of signing in on and off. */
@Controller
@RequestMapping("/me/security/totp")
class SecondStepPages {
    private static final String SECRET = "[A-Z2-7]{16,64}";
    private static final String PICTURE = "data:image/png;base64,[A-Za-z0-9+/=]{100,20000}";

    private final Profiles profiles;
    private final MessageSource words;

    SecondStepPages(Profiles profiles, MessageSource words) {
        this.profiles = profiles;
        this.words = words;
    }

    /** What an authenticator app is set up with. */
    record Setup(String secret, String qr) {}

    @ModelAttribute("area")
    String area() {
        return "security";
    }

    @ModelAttribute("crumbs")
    List<Crumb> crumbs(Locale locale) {
        return List.of(
                new Crumb(Objects.requireNonNull(words.getMessage("account.security", null, locale)), "/me/security"));
    }

    @GetMapping
    String offer(Model model) {
        if (profiles.mine().totpOn()) {
            return "redirect:/me/security";
        }
        TotpOffer offer = profiles.offerTotp();
        model.addAttribute("setup", new Setup(offer.secret(), offer.qrCode()));
        return "account/totp";
    }

    /**
     * The secret and its picture come back with the form: after a mistyped code the same ones are shown, and they are
     * kept nowhere on the way. What confirms is the pending secret of the account, never this one.
     */
    @PostMapping
    String confirm(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String secret,
            @RequestParam(defaultValue = "") String qr,
            Model model,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            var codes = new ArrayList<>(profiles.confirmTotp(code.replace(" ", "")));
            redirect.addFlashAttribute("codes", String.join("\n", codes));
            return "redirect:/me/security/totp/codes";
        } catch (Problem problem) {
            if (!secret.matches(SECRET) || !qr.matches(PICTURE)) {
                return "redirect:/me/security/totp";
            }
            Refused.show(problem, model, response, locale);
            model.addAttribute("setup", new Setup(secret, qr));
            return "account/totp";
        }
    }

    @GetMapping("/codes")
    String codes() {
        return "account/recovery";
    }

    @GetMapping("/off")
    String askOff() {
        return profiles.mine().totpOn() ? "account/totp-off" : "redirect:/me/security";
    }

    @PostMapping("/off")
    String off(
            @RequestParam(defaultValue = "") String code,
            Model model,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            profiles.disableTotp(code.strip());
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return "account/totp-off";
        }
        Told.note("totp.turned_off").on(redirect);
        return "redirect:/me/security";
    }
}
