package dev.temper.web.shell;

import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** Numbers and times as the reader writes them. */
public final class Formats {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

    private final Look look;
    private final Clock clock;
    private final MessageSource words;

    Formats(Look look, Clock clock, MessageSource words) {
        this.look = look;
        this.clock = clock;
        this.words = words;
    }

    public @Nullable Moment moment(@Nullable Instant at) {
        return at == null ? null : draw(at, relative(at, MINUTE));
    }

    /** A moment of which the day is what matters, such as an expiry. */
    public @Nullable Moment day(@Nullable Instant at) {
        return at == null ? null : draw(at, relative(at, DAY));
    }

    /** The reader's zone. */
    public ZoneId zone() {
        return look.zone();
    }

    public String number(long value) {
        return NumberFormat.getIntegerInstance(look.language().locale()).format(value);
    }

    private Moment draw(Instant at, String text) {
        var local = at.atZone(look.zone());
        return new Moment(at.toString(), text, SECOND.format(local));
    }

    private String relative(Instant at, DateTimeFormatter otherwise) {
        Duration ago = Duration.between(at, clock.instant());
        Duration distance = ago.abs();
        if (distance.compareTo(Duration.ofDays(1)) >= 0) {
            return otherwise.format(at.atZone(look.zone()));
        }
        if (distance.compareTo(Duration.ofMinutes(1)) < 0) {
            return say("time.now");
        }
        String direction = ago.isNegative() ? "time.in_" : "time.ago_";
        return distance.compareTo(Duration.ofHours(1)) < 0
                ? say(direction + "minutes", distance.toMinutes())
                : say(direction + "hours", distance.toHours());
    }

    private String say(String key, Object... args) {
        return words.getMessage(key, args, look.language().locale());
    }
}
