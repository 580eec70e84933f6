package dev.temper.text.jinja;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions every template has. */
final class Globals {
    private Globals() {}

    static Scope scope(Map<String, ?> variables, Clock clock) {
        Scope scope = new Scope(null);
        scope.set("raise_exception", (Callable) a -> {
            throw JinjaErrors.refused(Values.text(a.require(0, "message")));
        });
        scope.set("strftime_now", (Callable) a -> strftime(a.text(0, "format"), ZonedDateTime.now(clock)));
        scope.set("range", (Callable) Globals::range);
        scope.set("dict", (Callable) a -> {
            Map<Object, Object> dict = new LinkedHashMap<>();
            if (!a.positional().isEmpty() && a.positional().getFirst() instanceof Map<?, ?> start) {
                dict.putAll(start);
            }
            dict.putAll(a.named());
            return dict;
        });
        scope.set("namespace", (Callable) a -> {
            Map<String, Object> attributes = new LinkedHashMap<>();
            if (!a.positional().isEmpty() && a.positional().getFirst() instanceof Map<?, ?> start) {
                start.forEach((key, value) -> attributes.put(Values.text(key), value));
            }
            attributes.putAll(a.named());
            return new Namespace(attributes);
        });
        variables.forEach((name, value) -> scope.set(name, Values.of(value)));
        return scope;
    }

    private static Object range(Callable.Arguments a) {
        boolean bounded = a.positional().size() > 1;
        long from = bounded ? Values.integer(a.positional().getFirst()) : 0;
        long to = Values.integer(a.require(bounded ? 1 : 0, "stop"));
        long step = a.positional().size() > 2 ? Values.integer(a.positional().get(2)) : 1;
        if (step == 0) {
            throw JinjaErrors.failed("the step of a range is zero");
        }
        List<Object> numbers = new ArrayList<>();
        for (long n = from; step > 0 ? n < to : n > to; n += step) {
            numbers.add(n);
            Limits.size(numbers.size());
        }
        return numbers;
    }

    private static String strftime(String format, ZonedDateTime now) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            boolean unpadded = format.charAt(i + 1) == '-' && i + 2 < format.length();
            char field = format.charAt(unpadded ? i + 2 : i + 1);
            i += unpadded ? 2 : 1;
            String pattern = pattern(field);
            if (pattern.isEmpty()) {
                text.append(field == '%' ? "%" : "%" + field);
            } else {
                String written = now.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
                text.append(unpadded ? written.replaceFirst("^0+(?=\\d)", "") : written);
            }
        }
        return text.toString();
    }

    private static String pattern(char field) {
        return switch (field) {
            case 'd' -> "dd";
            case 'm' -> "MM";
            case 'b' -> "MMM";
            case 'B' -> "MMMM";
            case 'y' -> "yy";
            case 'Y' -> "yyyy";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'M' -> "mm";
            case 'S' -> "ss";
            case 'p' -> "a";
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'j' -> "DDD";
            case 'F' -> "yyyy-MM-dd";
            case 'T' -> "HH:mm:ss";
            case 'Z' -> "zzz";
            case 'z' -> "xx";
            default -> "";
        };
    }
}
