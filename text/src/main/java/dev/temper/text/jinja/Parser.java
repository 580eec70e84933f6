package dev.temper.text.jinja;

import dev.temper.contract.CodedException;
import dev.temper.text.jinja.Statement.Filtering;
import dev.temper.text.jinja.Statement.Parameter;
import dev.temper.text.jinja.Statement.Target;
import dev.temper.text.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens to statements. */
final class Parser {
    private final Tokens tokens;
    private final ExpressionParser expressions;
    private int loops;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Statement> parse(String template) {
        Parser parser = new Parser(new Tokens(Lexer.tokens(template)));
        List<Statement> statements = parser.body(Set.of());
        if (parser.tokens.peek().kind() != Kind.END) {
            throw parser.unexpected();
        }
        return statements;
    }

    private CodedException unexpected() {
        return tokens.error("unexpected " + tokens.peek().text());
    }

    /** Statements up to a block of one of these names, whose name is left to be read. */
    private List<Statement> body(Set<String> ends) {
        tokens.enter();
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            switch (token.kind()) {
                case DATA -> statements.add(new Statement.Text(tokens.next().text()));
                case OUTPUT_BEGIN -> {
                    tokens.next();
                    statements.add(new Statement.Output(expressions.parseTuple()));
                    tokens.expect(Kind.OUTPUT_END);
                }
                case BLOCK_BEGIN -> {
                    tokens.next();
                    if (ends.contains(tokens.peek().text())) {
                        tokens.leave();
                        return statements;
                    }
                    statements.add(block(tokens.expect(Kind.NAME)));
                    tokens.expect(Kind.BLOCK_END);
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw tokens.error("one of " + ends + " is missing");
                    }
                    tokens.leave();
                    return statements;
                }
            }
        }
    }

    /** A body with the name of its end; the tag is left to be closed. */
    private List<Statement> bodyUntil(String end) {
        tokens.expect(Kind.BLOCK_END);
        List<Statement> body = body(Set.of(end));
        tokens.next();
        return body;
    }

    private Statement block(Token name) {
        return switch (name.text()) {
            case "if" -> parseIf();
            case "for" -> parseFor();
            case "set" -> parseSet();
            case "with" -> parseWith();
            case "macro" -> {
                String macro = tokens.expect(Kind.NAME).text();
                yield new Statement.MacroDefinition(macro, parameters(), outsideLoops("endmacro"));
            }
            case "call" -> parseCall();
            case "filter" -> new Statement.FilterBlock(List.copyOf(filterings(true)), bodyUntil("endfilter"));
            case "generation" -> new Statement.Generation(bodyUntil("endgeneration"));
            case "print" -> new Statement.Output(expressions.parseTuple());
            case "break", "continue" -> {
                if (loops == 0) {
                    throw tokens.error(name.text() + " outside of a loop");
                }
                yield name.text().equals("break") ? new Statement.Break() : new Statement.Continue();
            }
            default -> throw JinjaErrors.syntax(name.line(), "chat templates have no {% " + name.text() + " %}");
        };
    }

    private Statement parseIf() {
        Expression condition = expressions.parseTuple();
        tokens.expect(Kind.BLOCK_END);
        List<Statement> then = body(Set.of("elif", "else", "endif"));
        Token end = tokens.next();
        return switch (end.text()) {
            case "elif" -> new Statement.If(condition, then, List.of(parseIf()));
            case "else" -> new Statement.If(condition, then, bodyUntil("endif"));
            default -> new Statement.If(condition, then, List.of());
        };
    }

    private Statement parseFor() {
        Target target = target(false);
        tokens.expectName("in");
        Expression in = expressions.parseTupleWithoutCondition();
        Expression where = tokens.skipName("if") ? expressions.parse() : null;
        boolean recursive = tokens.skipName("recursive");
        tokens.expect(Kind.BLOCK_END);
        loops++;
        List<Statement> body = body(Set.of("else", "endfor"));
        loops--;
        List<Statement> otherwise = tokens.next().text().equals("else") ? bodyUntil("endfor") : List.of();
        return new Statement.For(target, in, where, recursive, body, otherwise);
    }

    private Statement parseSet() {
        Target target = target(true);
        if (tokens.skipOperator("=")) {
            return new Statement.Assign(target, expressions.parseTuple());
        }
        List<Filtering> filters = filterings(false);
        return new Statement.AssignBlock(target, filters, bodyUntil("endset"));
    }

    private Statement parseWith() {
        List<Statement.Assign> assignments = new ArrayList<>();
        while (tokens.peek().kind() != Kind.BLOCK_END) {
            if (!assignments.isEmpty()) {
                tokens.expectOperator(",");
            }
            Target target = target(false);
            tokens.expectOperator("=");
            assignments.add(new Statement.Assign(target, expressions.parse()));
        }
        return new Statement.With(assignments, bodyUntil("endwith"));
    }

    private Statement parseCall() {
        List<Parameter> parameters = tokens.peek().isOperator("(") ? parameters() : List.of();
        if (expressions.parse() instanceof Expression.Call call) {
            return new Statement.CallBlock(call, parameters, outsideLoops("endcall"));
        }
        throw tokens.error("{% call %} needs a call");
    }

    private List<Statement> outsideLoops(String end) {
        int outer = loops;
        loops = 0;
        List<Statement> body = bodyUntil(end);
        loops = outer;
        return body;
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            String name = tokens.expect(Kind.NAME).text();
            parameters.add(new Parameter(name, tokens.skipOperator("=") ? expressions.parse() : null));
        }
        return parameters;
    }

    private List<Filtering> filterings(boolean bare) {
        List<Filtering> filters = new ArrayList<>();
        while (tokens.skipOperator("|") || (bare && filters.isEmpty())) {
            filters.add(new Filtering(expressions.dottedName(), expressions.optionalArguments()));
        }
        return filters;
    }

    private Target target(boolean members) {
        List<Target> targets = new ArrayList<>();
        boolean several = false;
        do {
            if (tokens.peek().isOperator("(")) {
                tokens.next();
                targets.add(target(false));
                tokens.expectOperator(")");
            } else {
                targets.add(single(members));
            }
            several |= tokens.peek().isOperator(",");
        } while (tokens.skipOperator(",") && tokens.peek().kind() == Kind.NAME);
        return several ? new Target.Several(targets) : targets.getFirst();
    }

    private Target single(boolean members) {
        String name = tokens.expect(Kind.NAME).text();
        @Nullable
        String member =
                members && tokens.skipOperator(".") ? tokens.expect(Kind.NAME).text() : null;
        return member == null ? new Target.Variable(name) : new Target.Member(name, member);
    }
}
