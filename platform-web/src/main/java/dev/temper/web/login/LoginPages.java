package dev.temper.web.login;

import dev.temper.platform.common.Caller;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import dev.temper.web.shell.Told;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in page and its second step. What they post is taken by the platform's security. */
@Controller
class LoginPages {
    private final List<Provider> providers;

    LoginPages(ObjectProvider<InMemoryClientRegistrationRepository> registrations) {
        InMemoryClientRegistrationRepository known = registrations.getIfAvailable();
        this.providers = known == null
                ? List.of()
                : StreamSupport.stream(known.spliterator(), false)
                        .map(Provider::of)
                        .toList();
    }

    /** Somebody else who may vouch for a person. */
    record Provider(String name, String href) {
        static Provider of(ClientRegistration registration) {
            return new Provider(
                    registration.getClientName(), "/oauth2/authorization/" + registration.getRegistrationId());
        }
    }

    @GetMapping("/login")
    String login(
            @RequestParam @Nullable String error,
            @RequestParam @Nullable String locked,
            @RequestParam @Nullable String expired,
            @RequestParam @Nullable String out,
            @RequestParam @Nullable String sso,
            Model model,
            @ModelAttribute("fmt") Formats formats) {
        if (Caller.current().person().isPresent()) {
            return "redirect:/";
        }
        model.addAttribute("notice", notice(error, locked, expired, out, sso, formats));
        model.addAttribute("providers", providers);
        return "login/login";
    }

    private static @Nullable Told notice(
            @Nullable String error,
            @Nullable String locked,
            @Nullable String expired,
            @Nullable String out,
            @Nullable String sso,
            Formats formats) {
        if (locked != null) {
            Moment until = until(locked, formats);
            return until == null ? Told.wrong("login.failed") : Told.wrong("login.locked", until.text());
        }
        if (error != null) {
            return Told.wrong("login.failed");
        }
        if (sso != null) {
            return Told.wrong(sso.equals("failed") ? "login.sso_failed" : "login.ended");
        }
        if (expired != null) {
            return Told.note("login.expired");
        }
        return out == null ? null : Told.done("login.signed_out");
    }

    private static @Nullable Moment until(String locked, Formats formats) {
        try {
            return formats.moment(Instant.parse(locked));
        } catch (DateTimeParseException notAMoment) {
            return null;
        }
    }

    @GetMapping("/login/totp")
    String code(@RequestParam @Nullable String error, Model model) {
        model.addAttribute("notice", error == null ? null : Told.wrong("login.code.wrong"));
        return "login/code";
    }
}
