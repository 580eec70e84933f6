package dev.temper.web.compute;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Figures of machines with their units, as the reader writes them. */
@Component
public class Measures {
    private static final double GIB = 1L << 30;
    private static final double HOUR = 3_600;

    private final MessageSource words;

    Measures(MessageSource words) {
        this.words = words;
    }

    public static String memory(long bytes) {
        return String.format(
                Locale.ROOT, bytes < 10 * GIB && bytes % (1L << 30) != 0 ? "%.1f GiB" : "%.0f GiB", bytes / GIB);
    }

    /** Of a file or some, in the largest unit of which there is one. */
    public static String size(long bytes) {
        if (bytes >= 1L << 30) {
            return memory(bytes);
        }
        return bytes >= 1L << 20 ? Math.ceilDiv(bytes, 1L << 20) + " MiB" : Math.ceilDiv(bytes, 1L << 10) + " KiB";
    }

    public static String percent(@Nullable Double part) {
        return part == null ? "–" : Math.round(part * 100) + " %";
    }

    public static String degrees(@Nullable Double celsius) {
        return celsius == null ? "–" : Math.round(celsius) + " °C";
    }

    /** Hours of devices, to two decimals. */
    public static String hours(long seconds) {
        if (seconds > 0 && seconds < HOUR / 200) {
            return "< 0.01";
        }
        return String.format(Locale.ROOT, "%,.2f", seconds / HOUR);
    }

    /** The two largest units that say something, as in 1 h 23 min. */
    public String duration(Duration time, Locale locale) {
        long minutes = time.toMinutes();
        if (minutes < 1) {
            return say("compute.seconds", locale, Math.max(0, time.toSeconds()));
        }
        if (minutes < 60) {
            return say("compute.minutes", locale, minutes);
        }
        if (minutes < 48 * 60) {
            return say("compute.hours", locale, minutes / 60, minutes % 60);
        }
        return say("compute.days", locale, minutes / (24 * 60), minutes / 60 % 24);
    }

    private String say(String key, Locale locale, Object... args) {
        return Objects.requireNonNull(words.getMessage(key, args, locale));
    }
}
