package dev.temper.data.clean;

import java.text.Normalizer;

/** One form for characters that look or mean the same. Meaning is never changed: NFC, not NFKC, so ㎡ stays ㎡. */
record CharacterForms(boolean nfc, boolean controls, WhiteSpace whiteSpace, boolean fullWidth) {
    private static final int MOST_LINE_ENDS = 2;
    /** How far full-width characters lie behind those of ASCII. */
    private static final int FULL_WIDTH = 0xFEE0;

    /** The very same text where nothing is to be done. */
    String apply(String text) {
        String composed = nfc && !surelyComposed(text) ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
        String plain = controls || fullWidth ? characters(composed) : composed;
        String result = whiteSpace == WhiteSpace.KEEP ? plain : lines(plain);
        return result.equals(text) ? text : result;
    }

    /** Most text has nothing that composes; asking the normaliser costs more than looking. */
    private static boolean surelyComposed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sure = c < 0x300
                    || (c >= 0x4E00 && c <= 0x9FFF)
                    || (c >= 0x3000 && c <= 0x3029)
                    || (c >= 0xFF00 && c <= 0xFFEF)
                    || (c >= 0x2010 && c <= 0x205F);
            if (!sure) {
                return false;
            }
        }
        return true;
    }

    private String characters(String text) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int other = other(text, i, c);
            if (other != c && changed == null) {
                changed = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (changed != null && other >= 0) {
                changed.append((char) other);
            }
        }
        return changed == null ? text : changed.toString();
    }

    /** What stands in place of a character; -1 for nothing. */
    private int other(String text, int at, char c) {
        if (c >= ' ' && c < 0x7F) {
            return c;
        }
        if (fullWidth && c >= '\uFF10' && c <= '\uFF5A') {
            boolean letterOrDigit = c <= '\uFF19' || (c >= '\uFF21' && c <= '\uFF3A') || c >= '\uFF41';
            return letterOrDigit ? c - FULL_WIDTH : c;
        }
        if (fullWidth && c == '\uFF0E' && isDigit(text, at - 1) && isDigit(text, at + 1)) {
            return '.';
        }
        return controls ? withoutControls(text, at, c) : c;
    }

    private static int withoutControls(String text, int at, char c) {
        return switch (c) {
            case '\t', '\n' -> c;
            case '\r' -> at + 1 < text.length() && text.charAt(at + 1) == '\n' ? -1 : '\n';
            case '\u0085', '\u2028', '\u2029' -> '\n';
            // Zero-width joiners are part of emoji and of several scripts; these are not.
            case '\u00AD', '\u200B', '\u2060', '\uFEFF', '\uFFFE', '\uFFFF' -> -1;
            default -> Character.isISOControl(c) || isBidirectionalControl(c) ? -1 : c;
        };
    }

    private static boolean isBidirectionalControl(char c) {
        return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    }

    private static boolean isDigit(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return (c >= '0' && c <= '9') || (c >= '\uFF10' && c <= '\uFF19');
    }

    private String lines(String text) {
        if (isTidy(text)) {
            return text;
        }
        StringBuilder tidy = new StringBuilder(text.length());
        int lineEnds = MOST_LINE_ENDS;
        int from = 0;
        while (from <= text.length()) {
            int lineEnd = text.indexOf('\n', from);
            int to = lineEnd < 0 ? text.length() : lineEnd;
            String line = line(text.substring(from, to));
            if (line.isEmpty()) {
                lineEnds = Math.min(MOST_LINE_ENDS, lineEnds + 1);
            } else {
                tidy.append("\n".repeat(tidy.isEmpty() ? 0 : lineEnds)).append(tidy.isEmpty() ? line.strip() : line);
                lineEnds = 1;
            }
            from = to + 1;
        }
        return tidy.toString();
    }

    private boolean isTidy(String text) {
        int length = text.length();
        if (length == 0) {
            return true;
        }
        if (isBlank(text.charAt(0)) || isBlank(text.charAt(length - 1)) || text.charAt(0) == '\n') {
            return false;
        }
        int lineEnds = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                if (++lineEnds > MOST_LINE_ENDS || isBlank(text.charAt(i - 1))) {
                    return false;
                }
            } else {
                lineEnds = 0;
                if (c == '\u00A0' || c == '\r' || c == '\u3000') {
                    return false;
                }
                if (whiteSpace == WhiteSpace.COLLAPSE && isBlank(c) && (c != ' ' || isBlank(text.charAt(i + 1)))) {
                    return false;
                }
            }
        }
        return text.charAt(length - 1) != '\n';
    }

    private String line(String line) {
        String spaced = line.replace('\u00A0', ' ');
        if (whiteSpace == WhiteSpace.COLLAPSE) {
            return collapse(spaced);
        }
        int end = spaced.length();
        while (end > 0 && isBlank(spaced.charAt(end - 1))) {
            end--;
        }
        return spaced.substring(0, end);
    }

    private static String collapse(String line) {
        StringBuilder one = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (!isBlank(c)) {
                one.append(c);
            } else if (!one.isEmpty() && one.charAt(one.length() - 1) != ' ') {
                one.append(' ');
            }
        }
        int length = one.length();
        return length > 0 && one.charAt(length - 1) == ' ' ? one.substring(0, length - 1) : one.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00A0' || c == '\u3000' || c == '\r';
    }
}
