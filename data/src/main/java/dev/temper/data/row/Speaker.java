package dev.temper.data.row;

import java.util.Locale;
import java.util.Optional;

/** Who says a turn. */
public enum Speaker {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL;

    /** The name in files, as in {@code assistant}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Speaker> of(String id) {
        for (Speaker speaker : values()) {
            if (speaker.id().equals(id)) {
                return Optional.of(speaker);
            }
        }
        return Optional.empty();
    }
}
