package dev.temper.text.jinja;

import dev.temper.text.jinja.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Source to tokens, with the white space around tags taken out as trim_blocks and lstrip_blocks want it. */
final class Lexer {
    private static final Pattern NUMBER =
            Pattern.compile("(?<float>\\d+(_\\d+)*(\\.\\d+(_\\d+)*)?[eE][+-]?\\d+|\\d+(_\\d+)*\\.\\d+(_\\d+)*)"
                    + "|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|\\d+(_\\d+)*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}");
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%\\}");
    private static final List<String> OPERATORS = List.of(
            "//", "**", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean lineStarting = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                data(source.substring(at));
                at = source.length();
                break;
            }
            char kind = source.charAt(tag + 1);
            char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
            Matcher raw = RAW.matcher(source).region(tag, source.length());
            data(beforeTag(source.substring(at, tag), sign, kind != '{'));
            at = tag;
            if (raw.lookingAt()) {
                raw(raw);
            } else {
                at = tag + (sign == '-' || sign == '+' ? 3 : 2);
                switch (kind) {
                    case '#' -> comment();
                    case '%' -> tag(Kind.BLOCK_BEGIN, "%}", Kind.BLOCK_END);
                    default -> tag(Kind.OUTPUT_BEGIN, "}}", Kind.OUTPUT_END);
                }
            }
        }
        tokens.add(new Token(Kind.END, "", line));
    }

    private int nextTag() {
        for (int i = source.indexOf('{', at); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            if ("{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private String beforeTag(String text, char sign, boolean block) {
        if (sign == '-') {
            return PythonText.strip(text, PythonText.WHITE_SPACE, false, true);
        }
        if (sign != '+' && block) {
            int start = text.lastIndexOf('\n') + 1;
            if ((start > 0 || lineStarting) && text.substring(start).isBlank()) {
                return text.substring(0, start);
            }
        }
        return text;
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            tokens.add(new Token(Kind.DATA, text, line));
        }
    }

    private void advance(int to) {
        for (; at < to; at++) {
            if (source.charAt(at) == '\n') {
                line++;
            }
        }
    }

    private void comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw JinjaErrors.syntax(line, "a comment is not closed");
        }
        char sign = end > at ? source.charAt(end - 1) : ' ';
        advance(end + 2);
        afterBlock(sign);
    }

    private void raw(Matcher begin) {
        int bodyStart = begin.end();
        Matcher end = END_RAW.matcher(source);
        if (!end.find(bodyStart)) {
            throw JinjaErrors.syntax(line, "{% raw %} is not closed");
        }
        if (begin.group(1).equals("-")) {
            while (bodyStart < end.start() && PythonText.isSpace(source.charAt(bodyStart))) {
                bodyStart++;
            }
        }
        lineStarting = false;
        char sign = end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0);
        data(beforeTag(source.substring(bodyStart, end.start()), sign, true));
        advance(end.end());
        afterBlock(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0));
    }

    /** White space behind a block or comment: all of it after a minus, one line's end by default. */
    private void afterBlock(char sign) {
        int before = at;
        if (sign == '-') {
            skipSpace();
        } else if (sign != '+' && source.startsWith("\n", at)) {
            advance(at + 1);
        }
        lineStarting = at > before && source.charAt(at - 1) == '\n';
    }

    private void skipSpace() {
        int end = at;
        while (end < source.length() && PythonText.isSpace(source.charAt(end))) {
            end++;
        }
        advance(end);
    }

    private void tag(Kind begin, String closing, Kind end) {
        tokens.add(new Token(begin, "", line));
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            skipSpace();
            if (at >= source.length()) {
                throw JinjaErrors.syntax(line, "a tag is not closed");
            }
            char c = source.charAt(at);
            boolean signed = c == '-' || (c == '+' && end == Kind.BLOCK_END);
            if (open.isEmpty() && source.startsWith(closing, signed ? at + 1 : at)) {
                tokens.add(new Token(end, "", line));
                advance(at + (signed ? 3 : 2));
                if (end == Kind.BLOCK_END) {
                    afterBlock(signed ? c : ' ');
                } else {
                    lineStarting = false;
                    if (signed) {
                        int before = at;
                        skipSpace();
                        lineStarting = at > before && source.charAt(at - 1) == '\n';
                    }
                }
                return;
            }
            inTag(c, open);
        }
    }

    private void inTag(char c, Deque<Character> open) {
        if (c == '\'' || c == '"') {
            string(c);
            return;
        }
        Matcher number = NUMBER.matcher(source).region(at, source.length());
        if (Character.isDigit(c) && number.lookingAt()) {
            Kind kind = number.group("float") == null ? Kind.INTEGER : Kind.FLOAT;
            tokens.add(new Token(kind, number.group().replace("_", ""), line));
            advance(number.end());
            return;
        }
        Matcher name = NAME.matcher(source).region(at, source.length());
        if (name.lookingAt()) {
            tokens.add(new Token(Kind.NAME, name.group(), line));
            advance(name.end());
            return;
        }
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                balance(operator.charAt(0), open);
                tokens.add(new Token(Kind.OPERATOR, operator, line));
                advance(at + operator.length());
                return;
            }
        }
        throw JinjaErrors.syntax(line, "unexpected character " + c);
    }

    private void balance(char c, Deque<Character> open) {
        switch (c) {
            case '(' -> open.push(')');
            case '[' -> open.push(']');
            case '{' -> open.push('}');
            case ')', ']', '}' -> {
                if (open.isEmpty() || open.pop() != c) {
                    throw JinjaErrors.syntax(line, "unexpected " + c);
                }
            }
            default -> {}
        }
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw JinjaErrors.syntax(line, "a text is not closed");
        }
        tokens.add(new Token(Kind.STRING, PythonText.unescape(source.substring(at + 1, end)), line));
        advance(end + 1);
    }
}
