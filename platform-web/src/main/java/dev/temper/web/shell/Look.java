package dev.temper.web.shell;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/** How pages are drawn for somebody: language, theme, density, time zone. */
public record Look(Language language, Theme theme, Density density, ZoneId zone) {
    /** One of several, as a menu draws it; the label of a theme is a message key. */
    public record Choice(String value, String label, String icon, boolean chosen) {}

    /** What the page says before any script has run; who leaves it to the device gets light without script. */
    public String drawnTheme() {
        return theme == Theme.DARK ? "dark" : "light";
    }

    public boolean system() {
        return theme == Theme.SYSTEM;
    }

    public List<Choice> languages() {
        return Arrays.stream(Language.values())
                .map(each -> new Choice(each.value(), each.ownName(), "language", each == language))
                .toList();
    }

    public List<Choice> themes() {
        return Arrays.stream(Theme.values())
                .map(each -> new Choice(each.value(), "theme." + each.value(), each.icon(), each == theme))
                .toList();
    }

    public List<Choice> densities() {
        return Arrays.stream(Density.values())
                .map(each ->
                        new Choice(each.value(), "density." + each.value(), "adjustments-horizontal", each == density))
                .toList();
    }
}
