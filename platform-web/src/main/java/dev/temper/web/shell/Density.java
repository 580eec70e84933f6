package dev.temper.web.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How close rows stand. */
public enum Density {
    COMPACT,
    NORMAL,
    ROOMY;

    public static Optional<Density> of(String value) {
        return Arrays.stream(values())
                .filter(each -> each.value().equals(value))
                .findFirst();
    }

    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
