package dev.temper.web.shell;

import java.util.Locale;

/**
 * The small coloured square that stands for a tenant or a person.
 *
 * @param hue which of the eight colours; the same for the same key, wherever it is drawn
 */
public record Badge(String initial, int hue) {
    private static final int HUES = 8;

    public static Badge of(String key, String name) {
        String stripped = name.strip();
        String first = stripped.isEmpty() ? "·" : stripped.substring(0, stripped.offsetByCodePoints(0, 1));
        return new Badge(first.toUpperCase(Locale.ROOT), Math.floorMod(key.hashCode() * 31 + 7, HUES));
    }
}
