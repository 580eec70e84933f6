package dev.temper.text.jinja;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's old way of putting values into a text, as far as templates use it: {@code %s %r %d %i %f %x %%}. */
final class Formatting {
    private static final Pattern PLACE = Pattern.compile("%([-0+ ]*)(\\d{0,3})(?:\\.(\\d{1,2}))?([srdifx%])");

    private Formatting() {}

    static String percent(String format, List<Object> values) {
        Deque<Object> left = new ArrayDeque<>(values);
        StringBuilder text = new StringBuilder();
        Matcher place = PLACE.matcher(format);
        int from = 0;
        while (place.find()) {
            text.append(literal(format.substring(from, place.start())));
            text.append(place.group(4).equals("%") ? "%" : one(place, left));
            from = place.end();
            Limits.length(text.length());
        }
        text.append(literal(format.substring(from)));
        if (!left.isEmpty()) {
            throw JinjaErrors.failed("not all values were used in a format");
        }
        return text.toString();
    }

    private static String literal(String text) {
        if (text.indexOf('%') >= 0) {
            throw JinjaErrors.failed("a format of an unknown kind: " + text);
        }
        return text;
    }

    private static String one(Matcher place, Deque<Object> values) {
        if (values.isEmpty()) {
            throw JinjaErrors.failed("not enough values for a format");
        }
        Object value = values.pop();
        String flags = place.group(1) + place.group(2);
        String precision = place.group(3) == null ? "" : "." + place.group(3);
        return switch (place.group(4)) {
            case "s" -> ("%" + flags.replaceAll("[0+ ]*(?=\\d|$)", "") + precision + "s").formatted(Values.text(value));
            case "r" -> Values.repr(value);
            case "d", "i" ->
                ("%" + flags + "d")
                        .formatted(value instanceof Double n ? (long) n.doubleValue() : Values.integer(value));
            case "x" -> ("%" + flags + "x").formatted(Values.integer(value));
            default -> String.format(Locale.ROOT, "%" + flags + precision + "f", Values.number(value));
        };
    }
}
