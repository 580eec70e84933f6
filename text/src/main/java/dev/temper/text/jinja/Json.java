package dev.temper.text.jinja;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as Python's json.dumps writes them, characters beyond ASCII kept. */
final class Json {
    private final String indent;
    private final String itemSeparator;
    private final String keySeparator;
    private final boolean sortKeys;
    private final StringBuilder out = new StringBuilder();

    /** @param indent spaces a level, negative for all on one line */
    Json(int indent, String itemSeparator, String keySeparator, boolean sortKeys) {
        this.indent = indent < 0 ? "" : "\n" + " ".repeat(Math.min(indent, 100));
        this.itemSeparator = itemSeparator;
        this.keySeparator = keySeparator;
        this.sortKeys = sortKeys;
    }

    String write(Object value) {
        write(value, 0);
        return out.toString();
    }

    private void write(Object value, int level) {
        Limits.length(out.length());
        switch (value) {
            case None n -> out.append("null");
            case Boolean b -> out.append(b ? "true" : "false");
            case Long n -> out.append(n);
            case Double n -> out.append(number(n));
            case String text -> string(text);
            case List<?> list -> {
                out.append('[');
                boolean first = true;
                for (Object item : list) {
                    between(first, level + 1);
                    write(item, level + 1);
                    first = false;
                }
                close(first, level, ']');
            }
            case Map<?, ?> map -> {
                out.append('{');
                boolean first = true;
                for (Map.Entry<?, ?> entry : sorted(map).entrySet()) {
                    between(first, level + 1);
                    string(key(entry.getKey()));
                    out.append(keySeparator);
                    write(entry.getValue(), level + 1);
                    first = false;
                }
                close(first, level, '}');
            }
            default -> throw JinjaErrors.failed(Values.typeName(value) + " cannot be written as JSON");
        }
    }

    private Map<?, ?> sorted(Map<?, ?> map) {
        if (!sortKeys) {
            return map;
        }
        Map<Object, Object> sorted = new TreeMap<>(Values::compare);
        sorted.putAll(map);
        return sorted;
    }

    private static String key(Object key) {
        return switch (key) {
            case String text -> text;
            case None n -> "null";
            case Boolean b -> b ? "true" : "false";
            case Long n -> Long.toString(n);
            case Double n -> number(n);
            default -> throw JinjaErrors.failed("a key of JSON cannot be " + Values.typeName(key));
        };
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "NaN"
                : Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : PythonFloat.repr(value);
    }

    private void between(boolean first, int level) {
        out.append(first ? "" : itemSeparator);
        line(level);
    }

    private void close(boolean empty, int level, char bracket) {
        if (!empty) {
            line(level);
        }
        out.append(bracket);
    }

    private void line(int level) {
        if (!indent.isEmpty()) {
            out.append('\n').append(indent.substring(1).repeat(level));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
