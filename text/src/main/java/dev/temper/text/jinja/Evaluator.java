package dev.temper.text.jinja;

import dev.temper.text.jinja.Callable.Arguments;
import dev.temper.text.jinja.Expression.CallArguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Expressions to values. */
final class Evaluator {
    private final Limits limits;
    private final Filters filters = new Filters(this);

    Evaluator(Limits limits) {
        this.limits = limits;
    }

    Object value(Expression expression, Scope scope) {
        limits.step();
        return switch (expression) {
            case Expression.Constant e -> e.value();
            case Expression.Name e -> scope.get(e.name());
            case Expression.ListLiteral e -> values(e.items(), scope);
            case Expression.TupleLiteral e -> new Tuple(values(e.items(), scope));
            case Expression.DictLiteral e -> {
                Map<Object, Object> dict = new LinkedHashMap<>();
                e.entries()
                        .forEach(entry ->
                                dict.put(hashable(value(entry.getKey(), scope)), value(entry.getValue(), scope)));
                yield dict;
            }
            case Expression.Negated e -> Operations.negate(defined(value(e.operand(), scope)));
            case Expression.Not e -> !Values.truth(value(e.operand(), scope));
            case Expression.And e -> {
                Object left = value(e.left(), scope);
                yield Values.truth(left) ? value(e.right(), scope) : left;
            }
            case Expression.Or e -> {
                Object left = value(e.left(), scope);
                yield Values.truth(left) ? left : value(e.right(), scope);
            }
            case Expression.Binary e ->
                Operations.binary(e.operator(), value(e.left(), scope), value(e.right(), scope));
            case Expression.Comparison e -> compare(e, scope);
            case Expression.Conditional e -> {
                if (Values.truth(value(e.condition(), scope))) {
                    yield value(e.then(), scope);
                }
                yield e.otherwise() == null
                        ? new Undefined("an inline if without an else")
                        : value(e.otherwise(), scope);
            }
            case Expression.Attribute e -> attribute(value(e.of(), scope), e.name(), true);
            case Expression.Item e -> item(value(e.of(), scope), value(e.key(), scope));
            case Expression.Slice e ->
                Operations.slice(
                        value(e.of(), scope), bound(e.from(), scope), bound(e.to(), scope), bound(e.step(), scope));
            case Expression.Call e -> call(value(e.function(), scope), arguments(e.arguments(), scope));
            case Expression.Filter e ->
                filters.apply(e.name(), value(e.value(), scope), arguments(e.arguments(), scope));
            case Expression.Test e -> Tests.holds(e.name(), value(e.value(), scope), arguments(e.arguments(), scope));
        };
    }

    Object filter(Statement.Filtering filtering, Object value, Scope scope) {
        return filters.apply(filtering.name(), value, arguments(filtering.arguments(), scope));
    }

    private List<Object> values(List<Expression> expressions, Scope scope) {
        List<Object> values = new ArrayList<>(expressions.size());
        expressions.forEach(e -> values.add(value(e, scope)));
        return values;
    }

    private static Object hashable(Object key) {
        if (key instanceof Map<?, ?> || (key instanceof List<?> && !(key instanceof Tuple))) {
            throw JinjaErrors.failed(Values.typeName(key) + " cannot be a key");
        }
        return key;
    }

    private static Object defined(Object value) {
        if (value instanceof Undefined u) {
            throw u.error();
        }
        return value;
    }

    private boolean compare(Expression.Comparison comparison, Scope scope) {
        Object left = value(comparison.first(), scope);
        for (Expression.Link link : comparison.links()) {
            Object right = value(link.operand(), scope);
            if (!Operations.compare(link.operator(), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private @Nullable Integer bound(@Nullable Expression expression, Scope scope) {
        if (expression == null) {
            return null;
        }
        Object value = value(expression, scope);
        return value == None.NONE ? null : Integer.valueOf(Values.index(defined(value)));
    }

    /** {@code of.name}: the method or field, else, where keys count too, what is stored under the name. */
    Object attribute(Object of, String name, boolean orKey) {
        if (of instanceof Undefined u) {
            throw u.error();
        }
        if (name.startsWith("_")) {
            throw JinjaErrors.failed("templates may not look at " + name);
        }
        Object member = member(of, name);
        if (member != null) {
            return member;
        }
        Object stored = orKey && of instanceof Map<?, ?> map ? map.get(name) : null;
        return stored == null ? new Undefined("'" + name + "' of " + Values.typeName(of)) : stored;
    }

    private static @Nullable Object member(Object of, String name) {
        return switch (of) {
            case Namespace namespace -> namespace.attributes().get(name);
            case Loop loop -> loop.member(name);
            case Macro macro -> name.equals("name") ? macro.name() : null;
            default -> Methods.of(of, name);
        };
    }

    /** {@code of[key]}: what is stored under the key, else the method or field. */
    Object item(Object of, Object key) {
        if (of instanceof Undefined u) {
            throw u.error();
        }
        Object found = switch (of) {
            case Map<?, ?> map -> map.get(key);
            case List<?> list -> key instanceof Long || key instanceof Boolean ? at(Values.objects(list), key) : null;
            case String text -> key instanceof Long ? at(PythonText.characters(text), key) : null;
            default -> null;
        };
        if (found != null) {
            return found;
        }
        if (key instanceof String name && !name.startsWith("_")) {
            Object member = member(of, name);
            if (member != null) {
                return member;
            }
        }
        return new Undefined(Values.repr(key) + " of " + Values.typeName(of));
    }

    private static @Nullable Object at(List<Object> items, Object key) {
        int index = Values.index(key);
        int place = index < 0 ? index + items.size() : index;
        return place >= 0 && place < items.size() ? items.get(place) : null;
    }

    Object call(Object function, Arguments arguments) {
        return switch (function) {
            case Undefined u -> throw u.error();
            case Callable callable -> {
                limits.enter();
                Object result = callable.call(arguments);
                limits.leave();
                yield result;
            }
            default -> throw JinjaErrors.failed(Values.typeName(function) + " cannot be called");
        };
    }

    Arguments arguments(CallArguments written, Scope scope) {
        List<Object> positional = values(written.positional(), scope);
        if (written.spread() != null) {
            positional.addAll(Values.items(value(written.spread(), scope)));
        }
        Map<String, Object> named = new LinkedHashMap<>();
        written.named().forEach((name, e) -> named.put(name, value(e, scope)));
        if (written.spreadNamed() != null && value(written.spreadNamed(), scope) instanceof Map<?, ?> more) {
            more.forEach((key, value) -> named.put(Values.text(key), value));
        }
        return new Arguments(positional, named);
    }
}
