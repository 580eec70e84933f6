package dev.temper.web.account;

import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.Profile;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.SessionView;
import dev.temper.platform.tenant.Sessions;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

/** The password, whether there is a second step, and where one is signed in. */
@Controller
@RequestMapping("/me/security")
class SecurityPages {
    private final Profiles profiles;
    private final Sessions sessions;
    private final MessageSource words;

    SecurityPages(Profiles profiles, Sessions sessions, MessageSource words) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.words = words;
    }

    /** What the page shows. */
    record Security(boolean password, boolean totp, List<SessionRow> sessions) {}

    @ModelAttribute("area")
    String area() {
        return "security";
    }

    @GetMapping
    String security(Model model, Locale locale, HttpSession session, @ModelAttribute("fmt") Formats formats) {
        Profile mine = profiles.mine();
        List<SessionRow> rows = sessions.mine(session.getId()).stream()
                .map(each -> row(each, locale, formats))
                .toList();
        model.addAttribute("security", new Security(mine.passwordSet(), mine.totpOn(), rows));
        return "account/security";
    }

    private SessionRow row(SessionView session, Locale locale, Formats formats) {
        Browser browser = Browser.of(session.browser());
        return new SessionRow(
                session.id(),
                device(browser, locale),
                browser.mobile() ? "device-mobile" : "device-laptop",
                session.address(),
                formats.moment(session.lastSeenAt()),
                session.current());
    }

    private String device(Browser browser, Locale locale) {
        if (browser.name() == null) {
            return say("sessions.unknown", locale);
        }
        return browser.system() == null ? browser.name() : say("sessions.on", locale, browser.name(), browser.system());
    }

    @PostMapping("/password")
    String changePassword(
            @RequestParam(defaultValue = "") String currentPassword,
            @RequestParam(defaultValue = "") String newPassword,
            Model model,
            Locale locale,
            HttpSession session,
            HttpServletResponse response,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        try {
            profiles.changePassword(currentPassword, newPassword);
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return security(model, locale, session, formats);
        }
        sessions.endOthers(session.getId());
        Told.done("account.password.changed").on(redirect);
        return "redirect:/me/security";
    }

    @PostMapping("/sessions/{id}/end")
    String end(@PathVariable String id, RedirectAttributes redirect) {
        sessions.end(id);
        Told.done("sessions.ended").on(redirect);
        return "redirect:/me/security";
    }

    private String say(String key, Locale locale, Object... args) {
        return Objects.requireNonNull(words.getMessage(key, args, locale));
    }
}
