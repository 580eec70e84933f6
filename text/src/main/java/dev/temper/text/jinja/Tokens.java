package dev.temper.text.jinja;

import dev.temper.contract.CodedException;
import dev.temper.text.jinja.Token.Kind;
import java.util.List;

/** A place in the tokens, moved by the parsers. */
final class Tokens {
    /** Deeper than any template that was written for use, and shallow enough for the stack. */
    private static final int DEEPEST = 200;

    private final List<Token> tokens;
    private int at;
    private int depth;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekNext() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    Token expect(Kind kind) {
        if (peek().kind() != kind) {
            throw error("unexpected " + describe(peek()));
        }
        return next();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw error("expected " + operator + " instead of " + describe(peek()));
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw error("expected " + name + " instead of " + describe(peek()));
        }
    }

    boolean skipOperator(String operator) {
        return skip(peek().isOperator(operator));
    }

    boolean skipName(String name) {
        return skip(peek().isName(name));
    }

    private boolean skip(boolean matches) {
        if (matches) {
            at++;
        }
        return matches;
    }

    CodedException error(String message) {
        return JinjaErrors.syntax(peek().line(), message);
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw error("it is nested too deeply");
        }
    }

    void leave() {
        depth--;
    }

    private static String describe(Token token) {
        return switch (token.kind()) {
            case END -> "end of the template";
            case DATA -> "text";
            case OUTPUT_END -> "}}";
            case BLOCK_END -> "%}";
            case OUTPUT_BEGIN -> "{{";
            case BLOCK_BEGIN -> "{%";
            case NAME, STRING, INTEGER, FLOAT, OPERATOR -> token.text();
        };
    }
}
