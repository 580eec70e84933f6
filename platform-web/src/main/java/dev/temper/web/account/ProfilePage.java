package dev.temper.web.account;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.Profile;
import dev.temper.platform.tenant.ProfileChange;
import dev.temper.platform.tenant.Profiles;
import dev.temper.web.shell.Appearance;
import dev.temper.web.shell.Density;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Theme;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Name, language, theme, zone and density. */
@Controller
@RequestMapping("/me")
class ProfilePage {
    /** The zones people choose from: places, not the technical names. */
    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone ->
                    zone.equals("UTC") || zone.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Pacific)/.*"))
            .sorted()
            .toList();

    private final Profiles profiles;
    private final Appearance appearance;

    ProfilePage(Profiles profiles, Appearance appearance) {
        this.profiles = profiles;
        this.appearance = appearance;
    }

    /** The form as it stands. */
    record Form(String displayName, String language, String theme, String timeZone, String density, long version) {}

    @ModelAttribute("area")
    String area() {
        return "profile";
    }

    @GetMapping
    String profile(Model model, @ModelAttribute("shell") Shell shell) {
        Profile mine = profiles.mine();
        return draw(
                new Form(
                        mine.displayName(),
                        mine.locale(),
                        Theme.of(mine.theme()).value(),
                        mine.timeZone(),
                        shell.look().density().value(),
                        mine.version()),
                model);
    }

    private static String draw(Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("zones", ZONES);
        return "account/profile";
    }

    @PostMapping
    String save(
            @RequestParam(defaultValue = "") String displayName,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String theme,
            @RequestParam(defaultValue = "") String timeZone,
            @RequestParam @Nullable String density,
            @RequestParam long version,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            Theme chosen = Theme.of(theme).orElseThrow(() -> ErrorCode.FIELD_REQUIRED.at("/theme"));
            profiles.update(
                    new ProfileChange(displayName, language, chosen.kept(), timeZone), new IfMatch(List.of(version)));
            appearance.remember(request, response, language, theme, density);
            Told.done("account.saved").on(redirect);
            return "redirect:/me";
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            String kept = density == null ? Density.NORMAL.value() : density;
            return draw(new Form(displayName, language, theme, timeZone, kept, version), model);
        }
    }
}
