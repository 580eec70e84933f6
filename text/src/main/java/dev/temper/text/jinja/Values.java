package dev.temper.text.jinja;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Python's values: {@link None}, Boolean, Long, Double, String, List (a {@link Tuple} among them), Map, and what only
 * templates have. What Python would print, compare and count.
 */
final class Values {
    private Values() {}

    /** Data of the outside as values; other classes become their text, so a template never holds a Java object. */
    static Object of(@Nullable Object outside) {
        return switch (outside) {
            case null -> None.NONE;
            case Boolean b -> b;
            case Long n -> n;
            case Integer n -> n.longValue();
            case Short n -> n.longValue();
            case Byte n -> n.longValue();
            case Float n -> n.doubleValue();
            case Double n -> n;
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(of(key), of(value)));
                yield copy;
            }
            case Collection<?> items -> {
                List<Object> copy = new ArrayList<>(items.size());
                items.forEach(item -> copy.add(of(item)));
                yield copy;
            }
            default -> outside.toString();
        };
    }

    static boolean truth(Object value) {
        return switch (value) {
            case None n -> false;
            case Undefined u -> false;
            case Boolean b -> b;
            case Long n -> n != 0;
            case Double n -> n != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    static String typeName(Object value) {
        return switch (value) {
            case None n -> "None";
            case Undefined u -> "undefined";
            case Boolean b -> "bool";
            case Long n -> "int";
            case Double n -> "float";
            case String text -> "str";
            case Tuple tuple -> "tuple";
            case List<?> list -> "list";
            case Map<?, ?> map -> "dict";
            case Lazy lazy -> "generator";
            default -> "object";
        };
    }

    /** As {@code str()} writes it. */
    static String text(Object value) {
        return value instanceof String text ? text : value instanceof Undefined ? "" : repr(value);
    }

    /** As {@code repr()} writes it. */
    static String repr(Object value) {
        StringBuilder text = new StringBuilder();
        repr(value, text);
        return text.toString();
    }

    private static void repr(Object value, StringBuilder to) {
        Limits.length(to.length());
        switch (value) {
            case None n -> to.append("None");
            case Undefined u -> to.append("Undefined");
            case Boolean b -> to.append(b ? "True" : "False");
            case Double n -> to.append(PythonFloat.repr(n));
            case String text -> quote(text, to);
            case Tuple tuple -> {
                sequence(tuple, "(", to);
                to.append(tuple.size() == 1 ? ",)" : ")");
            }
            case List<?> list -> {
                sequence(list, "[", to);
                to.append(']');
            }
            case Map<?, ?> map -> {
                to.append('{');
                String between = "";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    to.append(between);
                    repr(entry.getKey(), to);
                    to.append(": ");
                    repr(entry.getValue(), to);
                    between = ", ";
                }
                to.append('}');
            }
            case Long n -> to.append(n);
            case Lazy lazy -> to.append("<generator>");
            default -> to.append("<object>");
        }
    }

    private static void sequence(List<?> items, String open, StringBuilder to) {
        to.append(open);
        for (int i = 0; i < items.size(); i++) {
            to.append(i == 0 ? "" : ", ");
            repr(items.get(i), to);
        }
    }

    private static void quote(String text, StringBuilder to) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        to.append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> to.append("\\\\");
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                default -> {
                    if (c == quote) {
                        to.append('\\').append(quote);
                    } else if (c < 0x20 || c == 0x7F) {
                        to.append("\\x%02x".formatted(c));
                    } else {
                        to.appendCodePoint(c);
                    }
                }
            }
        });
        to.append(quote);
    }

    static boolean equal(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b) == 0;
        }
        if (a instanceof Undefined && b instanceof Undefined) {
            return true;
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            if (left instanceof Tuple != right instanceof Tuple || left.size() != right.size()) {
                return false;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!equal(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.size() == right.size()
                    && left.entrySet().stream().allMatch(e -> {
                        Object other = right.get(e.getKey());
                        return other != null && equal(e.getValue(), other);
                    });
        }
        return a.equals(b);
    }

    /** Negative, zero or positive as a sorts before, with or behind b. */
    static int compare(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b);
        }
        if (a instanceof String left && b instanceof String right) {
            return compareText(left, right);
        }
        if (a instanceof List<?> left
                && b instanceof List<?> right
                && left instanceof Tuple == right instanceof Tuple) {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                if (!equal(left.get(i), right.get(i))) {
                    return compare(left.get(i), right.get(i));
                }
            }
            return Integer.compare(left.size(), right.size());
        }
        throw a instanceof Undefined u
                ? u.error()
                : b instanceof Undefined u
                        ? u.error()
                        : JinjaErrors.failed(typeName(a) + " and " + typeName(b) + " have no order");
    }

    private static int compareNumbers(Object a, Object b) {
        if (a instanceof Double || b instanceof Double) {
            // Adding zero makes one zero of both.
            return Double.compare(number(a) + 0.0, number(b) + 0.0);
        }
        return Long.compare(integer(a), integer(b));
    }

    private static int compareText(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return java.util.Arrays.compare(left, right);
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static double number(Object value) {
        return switch (value) {
            case Long n -> n;
            case Double n -> n;
            case Boolean b -> b ? 1 : 0;
            default -> throw JinjaErrors.failed(typeName(value) + " is no number");
        };
    }

    static long integer(Object value) {
        return switch (value) {
            case Long n -> n;
            case Boolean b -> b ? 1 : 0;
            default -> throw JinjaErrors.failed(typeName(value) + " is no whole number");
        };
    }

    /** A whole number for use as a place or a count. */
    static int index(Object value) {
        return Math.clamp(integer(value), Integer.MIN_VALUE + 1, Integer.MAX_VALUE);
    }

    /** What a loop runs over. */
    static List<Object> items(Object value) {
        return switch (value) {
            case Undefined u -> List.of();
            case String text -> PythonText.characters(text);
            case List<?> list -> objects(list);
            case Map<?, ?> map -> objects(map.keySet());
            case Lazy lazy -> lazy.items();
            default -> throw JinjaErrors.failed(typeName(value) + " has no elements");
        };
    }

    static List<Object> objects(Collection<?> items) {
        return new ArrayList<>(items);
    }

    static int length(Object value) {
        return switch (value) {
            case Undefined u -> 0;
            case String text -> PythonText.length(text);
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            default -> throw JinjaErrors.failed(typeName(value) + " has no length");
        };
    }

    static boolean contains(Object container, Object sought) {
        return switch (container) {
            case String text -> {
                if (sought instanceof String part) {
                    yield text.contains(part);
                }
                throw JinjaErrors.failed("a text cannot contain " + typeName(sought));
            }
            case Map<?, ?> map -> map.containsKey(sought);
            default -> items(container).stream().anyMatch(item -> equal(item, sought));
        };
    }
}
