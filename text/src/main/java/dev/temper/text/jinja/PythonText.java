package dev.temper.text.jinja;

import java.util.ArrayList;
import java.util.List;

/** Text as Python handles it: by code points, with its notion of white space and of escapes. */
final class PythonText {
    /** Marks the absence of a set of characters: white space is meant. */
    static final String WHITE_SPACE = "";

    private PythonText() {}

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || c == 0x85 || Character.isSpaceChar(c);
    }

    /** @param characters what to take off; {@link #WHITE_SPACE} for that */
    static String strip(String text, String characters, boolean left, boolean right) {
        int[] points = text.codePoints().toArray();
        int start = 0;
        int end = points.length;
        while (left && start < end && strips(points[start], characters)) {
            start++;
        }
        while (right && end > start && strips(points[end - 1], characters)) {
            end--;
        }
        return new String(points, start, end - start);
    }

    private static boolean strips(int c, String characters) {
        return characters.isEmpty() ? isSpace(c) : characters.indexOf(c) >= 0;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static List<Object> characters(String text) {
        List<Object> characters = new ArrayList<>(text.length());
        text.codePoints().forEach(c -> characters.add(Character.toString(c)));
        return characters;
    }

    /** @param most how many cuts, -1 for all */
    static List<Object> splitBySpace(String text, int most) {
        List<Object> words = new ArrayList<>();
        String rest = strip(text, WHITE_SPACE, true, false);
        while (!rest.isEmpty()) {
            int end = 0;
            while (end < rest.length() && !isSpace(rest.charAt(end))) {
                end++;
            }
            if (most >= 0 && words.size() == most) {
                words.add(strip(rest, WHITE_SPACE, false, true));
                return words;
            }
            words.add(rest.substring(0, end));
            rest = strip(rest.substring(end), WHITE_SPACE, true, false);
        }
        return words;
    }

    static List<Object> split(String text, String separator, int most) {
        if (separator.isEmpty()) {
            throw JinjaErrors.failed("a text cannot be split at nothing");
        }
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator);
                at >= 0 && (most < 0 || parts.size() < most);
                at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    static List<Object> splitFromRight(String text, String separator, int most) {
        if (separator.isEmpty()) {
            throw JinjaErrors.failed("a text cannot be split at nothing");
        }
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        for (int at = text.lastIndexOf(separator);
                at >= 0 && (most < 0 || parts.size() < most);
                at = text.lastIndexOf(separator, end - separator.length())) {
            parts.addFirst(text.substring(at + separator.length(), end));
            end = at;
            if (at < separator.length()) {
                break;
            }
        }
        parts.addFirst(text.substring(0, end));
        return parts;
    }

    static String replace(String text, String old, String replacement, int most) {
        StringBuilder replaced = new StringBuilder();
        int from = 0;
        int done = 0;
        while (most < 0 || done < most) {
            int at = old.isEmpty() ? from : text.indexOf(old, from);
            if (at < 0 || at > text.length() || (old.isEmpty() && done > length(text))) {
                break;
            }
            replaced.append(text, from, at).append(replacement);
            from = at + old.length();
            if (old.isEmpty()) {
                if (from == text.length()) {
                    return replaced.toString();
                }
                replaced.appendCodePoint(text.codePointAt(from));
                from += Character.charCount(text.codePointAt(from));
            }
            done++;
            Limits.length(replaced.length());
        }
        return replaced.append(text.substring(from)).toString();
    }

    static String title(String text) {
        StringBuilder titled = new StringBuilder();
        boolean[] inWord = {false};
        text.codePoints().forEach(c -> {
            titled.appendCodePoint(inWord[0] ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord[0] = Character.isLetter(c);
        });
        return titled.toString();
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return Character.toString(Character.toTitleCase(text.codePointAt(0)))
                + text.substring(first).toLowerCase(java.util.Locale.ROOT);
    }

    /** A string literal's inside, its escapes resolved as Python does. */
    static String unescape(String literal) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < literal.length(); ) {
            char c = literal.charAt(i);
            if (c != '\\' || i + 1 == literal.length()) {
                text.append(c);
                i++;
                continue;
            }
            char escaped = literal.charAt(i + 1);
            int digits = hexDigits(escaped);
            if (digits > 0) {
                text.appendCodePoint(hex(literal, i + 2, digits));
                i += 2 + digits;
            } else if (escaped >= '0' && escaped <= '7') {
                int end = i + 1;
                while (end < literal.length()
                        && end < i + 4
                        && literal.charAt(end) >= '0'
                        && literal.charAt(end) <= '7') {
                    end++;
                }
                text.appendCodePoint(Integer.parseInt(literal.substring(i + 1, end), 8));
                i = end;
            } else {
                text.append(simple(escaped));
                i += 2;
            }
        }
        return text.toString();
    }

    private static String simple(char escaped) {
        return switch (escaped) {
            case '\n' -> "";
            case '\\', '\'', '"' -> String.valueOf(escaped);
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'v' -> "\u000B";
            case 'a' -> "\u0007";
            default -> "\\" + escaped;
        };
    }

    private static int hexDigits(char escaped) {
        return switch (escaped) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    private static int hex(String literal, int from, int digits) {
        try {
            int point = Integer.parseInt(literal.substring(from, from + digits), 16);
            if (Character.isValidCodePoint(point)) {
                return point;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException malformed) {
            // Said below, as for numbers that are no character.
        }
        throw JinjaErrors.failed("a text holds a malformed escape");
    }
}
