package dev.temper.contract.link;

import dev.temper.contract.CodedException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conditions a value of a message has to meet; every failure names the field. */
final class LinkCheck {
    /** What no message may hold more of, however large a field allows its entries to be. */
    static final int MAX_LIST = 1_000;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,99}");
    private static final Pattern PATH = Pattern.compile("[^/\\\\\\p{Cntrl}]+(/[^/\\\\\\p{Cntrl}]+)*");

    private LinkCheck() {}

    static CodedException invalid(String field, String is, String wanted) {
        return CodedException.user(
                        "worker_message_invalid",
                        "The field " + field + " of the message " + is + ".",
                        "Send " + wanted + ".")
                .with("field", field);
    }

    static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw invalid(field, "is missing", "a value");
        }
        return value;
    }

    /** Text of at most so many characters, without the NUL that no database keeps. */
    static String text(String field, @Nullable String value, int max) {
        String text = present(field, value);
        if (text.length() > max) {
            throw invalid(field, "has " + text.length() + " characters", "at most " + max);
        }
        if (text.indexOf('\0') >= 0) {
            throw invalid(field, "holds a NUL character", "text without one");
        }
        return text;
    }

    /** A short name that can stand in a path or a label. */
    static String name(String field, @Nullable String value) {
        String name = text(field, value, 100);
        if (!NAME.matcher(name).matches()) {
            throw invalid(field, "is not a name", "1 to 100 letters, digits and . _ - / : @");
        }
        return name;
    }

    static String sha256(String field, @Nullable String value) {
        String sha256 = present(field, value);
        if (!SHA256.matcher(sha256).matches()) {
            throw invalid(field, "is not a SHA-256", "64 hexadecimal digits in lower case");
        }
        return sha256;
    }

    /** A relative path that stays below its folder. */
    static String path(String field, @Nullable String value) {
        String path = text(field, value, 500);
        if (!PATH.matcher(path).matches()
                || List.of(path.split("/", -1)).stream().anyMatch(LinkCheck::climbs)) {
            throw invalid(field, "is not a relative path", "names between slashes, none of them . or ..");
        }
        return path;
    }

    private static boolean climbs(String step) {
        return step.equals(".") || step.equals("..");
    }

    static void range(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw invalid(field, "is " + value, "a whole number from " + least + " to " + most);
        }
    }

    /** The same for a measured value; one that is not a number is in no range. */
    static void measure(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw invalid(field, "is " + value, "a number from " + (long) least + " to " + (long) most);
        }
    }

    /** A time that every database keeps, however wrong the worker's clock is. */
    static void time(String field, @Nullable Instant value) {
        Instant time = present(field, value);
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw invalid(field, "is " + time, "a time from 1970 to 9999 in UTC");
        }
    }

    static void notNegative(String field, long value) {
        if (value < 0) {
            throw invalid(field, "is " + value, "0 or more");
        }
    }

    static void positive(String field, long value) {
        if (value <= 0) {
            throw invalid(field, "is " + value, "1 or more");
        }
    }

    static <T> List<T> list(String field, @Nullable List<T> values, int max) {
        List<T> list = present(field, values);
        if (list.size() > max) {
            throw invalid(field, "has " + list.size() + " entries", "at most " + max);
        }
        if (list.stream().anyMatch(entry -> entry == null)) {
            throw invalid(field, "has an empty entry", "no null");
        }
        return List.copyOf(list);
    }

    static <V> Map<String, V> map(String field, @Nullable Map<String, V> values, int max) {
        Map<String, V> map = present(field, values);
        if (map.size() > max) {
            throw invalid(field, "has " + map.size() + " entries", "at most " + max);
        }
        map.forEach((key, value) -> {
            name(field, key);
            present(field + "." + key, value);
        });
        return Map.copyOf(map);
    }
}
