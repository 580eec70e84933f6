package dev.temper.web.shell;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.tenant.Profile;
import dev.temper.platform.tenant.ProfileChange;
import dev.temper.platform.tenant.Profiles;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Language and theme from the top bar: kept in the account of whoever is signed in, and in this browser. */
@Controller
class PreferencesForm {
    private final Profiles profiles;
    private final Appearance appearance;

    PreferencesForm(Profiles profiles, Appearance appearance) {
        this.profiles = profiles;
        this.appearance = appearance;
    }

    @PostMapping("/preferences")
    String change(
            @RequestParam @Nullable String language,
            @RequestParam @Nullable String theme,
            @RequestParam @Nullable String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (Caller.current().person().isPresent()) {
            Profile mine = profiles.mine();
            String chosenLanguage = Appearance.known(language, Language::of)
                    .map(Language::value)
                    .orElse(mine.locale());
            var chosenTheme =
                    Appearance.known(theme, Theme::of).map(Theme::kept).orElse(mine.theme());
            profiles.update(
                    new ProfileChange(mine.displayName(), chosenLanguage, chosenTheme, mine.timeZone()),
                    new IfMatch(List.of(mine.version())));
        }
        appearance.remember(request, response, language, theme, null);
        return "redirect:" + PagePath.inside(back);
    }
}
