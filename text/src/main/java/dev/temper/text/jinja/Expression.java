package dev.temper.text.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something with a value. */
sealed interface Expression {
    record Constant(Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record ListLiteral(List<Expression> items) implements Expression {}

    record TupleLiteral(List<Expression> items) implements Expression {}

    record DictLiteral(List<Map.Entry<Expression, Expression>> entries) implements Expression {}

    record Negated(Expression operand) implements Expression {}

    record Not(Expression operand) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code a < b <= c}: all must hold, each operand is computed once. */
    record Comparison(Expression first, List<Link> links) implements Expression {}

    record Link(String operator, Expression operand) {}

    record Conditional(
            Expression condition, Expression then, @Nullable Expression otherwise) implements Expression {}

    /** {@code a.b}: the attribute first, then the key. */
    record Attribute(Expression of, String name) implements Expression {}

    /** {@code a[b]}: the key first, then the attribute. */
    record Item(Expression of, Expression key) implements Expression {}

    record Slice(
            Expression of,
            @Nullable Expression from,
            @Nullable Expression to,
            @Nullable Expression step) implements Expression {}

    record Call(Expression function, CallArguments arguments) implements Expression {}

    record Filter(Expression value, String name, CallArguments arguments) implements Expression {}

    record Test(Expression value, String name, CallArguments arguments) implements Expression {}

    /** As written at a call; spread are {@code *list} and {@code **map}. */
    record CallArguments(
            List<Expression> positional,
            Map<String, Expression> named,
            @Nullable Expression spread,
            @Nullable Expression spreadNamed) {
        static final CallArguments NONE = new CallArguments(List.of(), Map.of(), null, null);
    }
}
