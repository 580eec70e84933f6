package dev.temper.text.jinja;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A chat template in Jinja, as it comes with a model. Immutable, safe for any number of threads, and safe to run on
 * templates of strangers: it reaches nothing but its variables, and stops at limits of size, depth and steps.
 */
public final class JinjaTemplate {
    private final List<Statement> statements;

    private JinjaTemplate(List<Statement> statements) {
        this.statements = statements;
    }

    /** Reads a template; what is no Jinja is refused as {@code chat_template_syntax}. */
    public static JinjaTemplate compile(String source) {
        return new JinjaTemplate(Parser.parse(source));
    }

    /** The text it makes of the variables: texts, numbers, booleans, nulls, lists and maps. */
    public String render(Map<String, ?> variables, Clock clock) {
        return trace(variables, clock).text();
    }

    /** The text with what the template marks as the assistant's. */
    public Rendering trace(Map<String, ?> variables, Clock clock) {
        return new Interpreter().run(statements, Globals.scope(variables, clock));
    }
}
