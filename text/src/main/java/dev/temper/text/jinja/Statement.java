package dev.temper.text.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that is done. */
sealed interface Statement {
    record Text(String text) implements Statement {}

    record Output(Expression value) implements Statement {}

    record If(Expression condition, List<Statement> then, List<Statement> otherwise) implements Statement {}

    record For(
            Target target,
            Expression in,
            @Nullable Expression where,
            boolean recursive,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    record Assign(Target target, Expression value) implements Statement {}

    record AssignBlock(Target target, List<Filtering> filters, List<Statement> body) implements Statement {}

    record With(List<Assign> assignments, List<Statement> body) implements Statement {}

    record MacroDefinition(String name, List<Parameter> parameters, List<Statement> body) implements Statement {}

    record CallBlock(Expression.Call call, List<Parameter> parameters, List<Statement> body) implements Statement {}

    record FilterBlock(List<Filtering> filters, List<Statement> body) implements Statement {}

    /** What an assistant says; its place in the output is recorded. */
    record Generation(List<Statement> body) implements Statement {}

    record Break() implements Statement {}

    record Continue() implements Statement {}

    /** What is assigned to. */
    sealed interface Target {
        record Variable(String name) implements Target {}

        record Several(List<Target> targets) implements Target {}

        record Member(String namespace, String name) implements Target {}
    }

    record Parameter(String name, @Nullable Expression otherwise) {}

    record Filtering(String name, Expression.CallArguments arguments) {}
}
