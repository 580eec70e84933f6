package dev.temper.web.login;

import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.Sessions;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whoever was handed a password chooses their own before anything else. */
@Controller
@RequestMapping("/me/password")
class PasswordPage {
    private final Profiles profiles;
    private final Sessions sessions;

    PasswordPage(Profiles profiles, Sessions sessions) {
        this.profiles = profiles;
        this.sessions = sessions;
    }

    @GetMapping
    String form() {
        return profiles.mine().mustChangePassword() ? "login/password" : "redirect:/me/security";
    }

    @PostMapping
    String change(
            @RequestParam(defaultValue = "") String currentPassword,
            @RequestParam(defaultValue = "") String newPassword,
            Model model,
            Locale locale,
            HttpSession session,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            profiles.changePassword(currentPassword, newPassword);
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return "login/password";
        }
        sessions.endOthers(session.getId());
        Told.done("account.password.changed").on(redirect);
        return "redirect:/";
    }
}
