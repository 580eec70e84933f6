package dev.temper.web.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Light, dark, or what the device prefers. */
public enum Theme {
    SYSTEM("device-desktop", dev.temper.platform.tenant.Theme.AUTO),
    LIGHT("sun", dev.temper.platform.tenant.Theme.LIGHT),
    DARK("moon", dev.temper.platform.tenant.Theme.DARK);

    private final String icon;
    private final dev.temper.platform.tenant.Theme kept;

    Theme(String icon, dev.temper.platform.tenant.Theme kept) {
        this.icon = icon;
        this.kept = kept;
    }

    public static Theme of(dev.temper.platform.tenant.Theme kept) {
        return Arrays.stream(values())
                .filter(each -> each.kept == kept)
                .findFirst()
                .orElse(SYSTEM);
    }

    public static Optional<Theme> of(String value) {
        return Arrays.stream(values())
                .filter(each -> each.value().equals(value))
                .findFirst();
    }

    /** As the account keeps it. */
    public dev.temper.platform.tenant.Theme kept() {
        return kept;
    }

    public String icon() {
        return icon;
    }

    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
