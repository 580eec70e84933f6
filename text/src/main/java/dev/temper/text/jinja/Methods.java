package dev.temper.text.jinja;

import dev.temper.text.jinja.Callable.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The methods Python's texts, lists and maps have, but those that change what they belong to. */
final class Methods {
    private Methods() {}

    static @Nullable Callable of(Object value, String name) {
        return switch (value) {
            case String text -> text(text, name);
            case Map<?, ?> map -> map(map, name);
            case List<?> list -> list(list, name);
            default -> null;
        };
    }

    private static @Nullable Callable map(Map<?, ?> map, String name) {
        return switch (name) {
            case "get" ->
                a -> {
                    Object found = map.get(a.require(0, "key"));
                    return found == null ? a.get(1, "default", None.NONE) : found;
                };
            case "items" -> a -> entries(map);
            case "keys" -> a -> Values.objects(map.keySet());
            case "values" -> a -> Values.objects(map.values());
            case "copy" -> a -> map;
            case "update", "pop", "popitem", "clear", "setdefault" ->
                a -> {
                    throw immutable(name);
                };
            default -> null;
        };
    }

    static List<Object> entries(Map<?, ?> map) {
        List<Object> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(Tuple.of(key, value)));
        return entries;
    }

    private static @Nullable Callable list(List<?> list, String name) {
        return switch (name) {
            case "index" ->
                a -> {
                    Object sought = a.require(0, "value");
                    for (int i = 0; i < list.size(); i++) {
                        if (Values.equal(list.get(i), sought)) {
                            return (long) i;
                        }
                    }
                    throw JinjaErrors.failed(Values.repr(sought) + " is not in the list");
                };
            case "count" ->
                a -> list.stream()
                        .filter(item -> Values.equal(item, a.require(0, "value")))
                        .count();
            case "copy" -> a -> list;
            case "append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse" ->
                a -> {
                    throw immutable(name);
                };
            default -> null;
        };
    }

    private static RuntimeException immutable(String name) {
        return JinjaErrors.failed("templates may not change values, as " + name + "() would");
    }

    private static @Nullable Callable text(String text, String name) {
        return switch (name) {
            case "strip" -> a -> stripped(text, a, true, true);
            case "lstrip" -> a -> stripped(text, a, true, false);
            case "rstrip" -> a -> stripped(text, a, false, true);
            case "split" -> a -> split(text, a, false);
            case "rsplit" -> a -> split(text, a, true);
            case "splitlines" -> a -> lines(text, a.flag(0, "keepends"));
            case "partition" -> a -> partition(text, a.text(0, "sep"), false);
            case "rpartition" -> a -> partition(text, a.text(0, "sep"), true);
            case "startswith" -> a -> starts(text, a, false);
            case "endswith" -> a -> starts(text, a, true);
            case "removeprefix" ->
                a -> text.startsWith(a.text(0, "prefix"))
                        ? text.substring(a.text(0, "prefix").length())
                        : text;
            case "removesuffix" ->
                a -> text.endsWith(a.text(0, "suffix"))
                        ? text.substring(0, text.length() - a.text(0, "suffix").length())
                        : text;
            case "replace" ->
                a -> PythonText.replace(text, a.text(0, "old"), a.text(1, "new"), a.count(2, "count", -1));
            case "join" -> a -> join(text, Values.items(a.require(0, "iterable")));
            case "lower", "casefold" -> a -> text.toLowerCase(Locale.ROOT);
            case "upper" -> a -> text.toUpperCase(Locale.ROOT);
            case "title" -> a -> PythonText.title(text);
            case "capitalize" -> a -> PythonText.capitalize(text);
            case "count" ->
                a -> (long) PythonText.split(text, a.text(0, "sub"), -1).size() - 1;
            case "find" -> a -> place(text, text.indexOf(a.text(0, "sub")));
            case "rfind" -> a -> place(text, text.lastIndexOf(a.text(0, "sub")));
            case "index" -> a -> found(place(text, text.indexOf(a.text(0, "sub"))));
            case "rindex" -> a -> found(place(text, text.lastIndexOf(a.text(0, "sub"))));
            case "isdigit", "isdecimal", "isnumeric" -> a -> all(text, Character::isDigit);
            case "isalpha" -> a -> all(text, Character::isLetter);
            case "isalnum" -> a -> all(text, Character::isLetterOrDigit);
            case "isspace" -> a -> all(text, PythonText::isSpace);
            case "isupper" ->
                a -> !text.equals(text.toLowerCase(Locale.ROOT)) && text.equals(text.toUpperCase(Locale.ROOT));
            case "islower" ->
                a -> !text.equals(text.toUpperCase(Locale.ROOT)) && text.equals(text.toLowerCase(Locale.ROOT));
            case "ljust" -> a -> text + fill(text, a);
            case "rjust" -> a -> fill(text, a) + text;
            case "zfill" ->
                a -> {
                    String zeros = "0".repeat(Math.max(0, width(a) - PythonText.length(text)));
                    boolean signed = text.startsWith("-") || text.startsWith("+");
                    return signed ? text.charAt(0) + zeros + text.substring(1) : zeros + text;
                };
            default -> null;
        };
    }

    private static String stripped(String text, Arguments a, boolean left, boolean right) {
        Object characters = a.get(0, "chars", None.NONE);
        return PythonText.strip(
                text, characters == None.NONE ? PythonText.WHITE_SPACE : a.text(0, "chars"), left, right);
    }

    private static List<Object> split(String text, Arguments a, boolean fromRight) {
        Object separator = a.get(0, "sep", None.NONE);
        int most = a.count(1, "maxsplit", -1);
        if (separator == None.NONE) {
            return PythonText.splitBySpace(text, most);
        }
        String by = a.text(0, "sep");
        return fromRight ? PythonText.splitFromRight(text, by, most) : PythonText.split(text, by, most);
    }

    private static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("\n\r\u000B\u000C\u001C\u001D\u001E\u0085\u2028\u2029".indexOf(c) >= 0) {
                int end = c == '\r' && text.startsWith("\n", i + 1) ? i + 2 : i + 1;
                lines.add(text.substring(from, keepEnds ? end : i));
                from = end;
                i = end - 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    private static Tuple partition(String text, String by, boolean fromRight) {
        int at = fromRight ? text.lastIndexOf(by) : text.indexOf(by);
        if (at < 0) {
            return fromRight ? Tuple.of("", "", text) : Tuple.of(text, "", "");
        }
        return Tuple.of(text.substring(0, at), by, text.substring(at + by.length()));
    }

    private static boolean starts(String text, Arguments a, boolean atEnd) {
        Object given = a.require(0, "prefix");
        List<Object> options = given instanceof Tuple tuple ? Values.objects(tuple) : List.of(a.text(0, "prefix"));
        return options.stream()
                .map(Values::text)
                .anyMatch(option -> atEnd ? text.endsWith(option) : text.startsWith(option));
    }

    static String join(String between, List<Object> parts) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            if (!(parts.get(i) instanceof String part)) {
                throw JinjaErrors.failed("only texts can be joined, not " + Values.typeName(parts.get(i)));
            }
            joined.append(i == 0 ? "" : between).append(part);
            Limits.length(joined.length());
        }
        return joined.toString();
    }

    private static long place(String text, int index) {
        return index < 0 ? -1 : text.codePointCount(0, index);
    }

    private static long found(long place) {
        if (place < 0) {
            throw JinjaErrors.failed("substring not found");
        }
        return place;
    }

    private static boolean all(String text, IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    private static int width(Arguments a) {
        int width = a.count(0, "width", 0);
        Limits.length(width);
        return width;
    }

    private static String fill(String text, Arguments a) {
        return Values.text(a.get(1, "fillchar", " ")).repeat(Math.max(0, width(a) - PythonText.length(text)));
    }
}
