package dev.temper.text.jinja;

import dev.temper.text.jinja.Callable.Arguments;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What stands behind {@code is}. */
final class Tests {
    private Tests() {}

    static boolean holds(String name, Object value, Arguments a) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == None.NONE;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "number" -> Values.isNumber(value);
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map<?, ?>;
            case "sequence" -> value instanceof String || value instanceof List<?> || value instanceof Map<?, ?>;
            case "iterable" ->
                value instanceof String
                        || value instanceof List<?>
                        || value instanceof Map<?, ?>
                        || value instanceof Lazy
                        || value instanceof Undefined;
            case "callable" -> value instanceof Callable;
            case "even" -> Math.floorMod(Values.integer(value), 2L) == 0;
            case "odd" -> Math.floorMod(Values.integer(value), 2L) == 1;
            case "divisibleby" -> Math.floorMod(Values.integer(value), Values.integer(a.require(0, "num"))) == 0;
            case "lower" -> {
                String text = Values.text(value);
                yield !text.equals(text.toUpperCase(Locale.ROOT)) && text.equals(text.toLowerCase(Locale.ROOT));
            }
            case "upper" -> {
                String text = Values.text(value);
                yield !text.equals(text.toLowerCase(Locale.ROOT)) && text.equals(text.toUpperCase(Locale.ROOT));
            }
            case "in" -> Values.contains(a.require(0, "seq"), value);
            case "sameas" -> {
                Object other = a.require(0, "other");
                yield value.getClass().equals(other.getClass()) && Values.equal(value, other);
            }
            case "escaped" -> false;
            case "eq", "equalto", "==" -> compare("==", value, a);
            case "ne", "!=" -> compare("!=", value, a);
            case "lt", "lessthan", "<" -> compare("<", value, a);
            case "le", "<=" -> compare("<=", value, a);
            case "gt", "greaterthan", ">" -> compare(">", value, a);
            case "ge", ">=" -> compare(">=", value, a);
            default -> throw JinjaErrors.failed("there is no test " + name);
        };
    }

    private static boolean compare(String operator, Object value, Arguments a) {
        return Operations.compare(operator, value, a.require(0, "other"));
    }
}
