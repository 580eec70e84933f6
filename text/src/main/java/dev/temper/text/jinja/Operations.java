package dev.temper.text.jinja;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators compute. */
final class Operations {
    private Operations() {}

    static Object binary(String operator, Object a, Object b) {
        if (operator.equals("~")) {
            return concatenate(Values.text(a), Values.text(b));
        }
        if (a instanceof Undefined u) {
            throw u.error();
        }
        if (b instanceof Undefined u) {
            throw u.error();
        }
        if (operator.equals("+") && a instanceof String left && b instanceof String right) {
            return concatenate(left, right);
        }
        if (operator.equals("+")
                && a instanceof List<?> left
                && b instanceof List<?> right
                && left instanceof Tuple == right instanceof Tuple) {
            List<Object> joined = Values.objects(left);
            joined.addAll(right);
            Limits.size(joined.size());
            return left instanceof Tuple ? new Tuple(joined) : joined;
        }
        if (operator.equals("*") && (a instanceof String || a instanceof List<?>)) {
            return repeat(a, b);
        }
        if (operator.equals("*") && (b instanceof String || b instanceof List<?>)) {
            return repeat(b, a);
        }
        if (operator.equals("%") && a instanceof String format) {
            return Formatting.percent(format, b instanceof Tuple tuple ? Values.objects(tuple) : List.of(b));
        }
        if (Values.isNumber(a) && Values.isNumber(b)) {
            return numbers(operator, a, b);
        }
        throw JinjaErrors.failed(
                "%s %s %s cannot be computed".formatted(Values.typeName(a), operator, Values.typeName(b)));
    }

    private static Object numbers(String operator, Object a, Object b) {
        if (operator.matches("//?|%") && Values.number(b) == 0) {
            throw JinjaErrors.failed("division by zero");
        }
        if (operator.equals("/")) {
            return Values.number(a) / Values.number(b);
        }
        if (a instanceof Double || b instanceof Double) {
            return floats(operator, Values.number(a), Values.number(b));
        }
        try {
            return integers(operator, Values.integer(a), Values.integer(b));
        } catch (ArithmeticException outOfRange) {
            throw JinjaErrors.limit("it computes a number beyond 64 bits").because(outOfRange);
        }
    }

    private static double floats(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "//" -> Math.floor(a / b);
            case "%" -> {
                double rest = a % b;
                yield rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
            }
            default -> Math.pow(a, b);
        };
    }

    private static Object integers(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            default ->
                b < 0 ? (Object) Math.pow((double) a, (double) b) : (Object) Math.powExact(a, Math.toIntExact(b));
        };
    }

    private static String concatenate(String a, String b) {
        Limits.length((long) a.length() + b.length());
        return a + b;
    }

    private static Object repeat(Object what, Object times) {
        int count = Math.max(0, Values.index(times));
        if (what instanceof String text) {
            Limits.length((long) text.length() * count);
            return text.repeat(count);
        }
        List<?> list = (List<?>) what;
        Limits.size((long) list.size() * count);
        List<Object> repeated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            repeated.addAll(list);
        }
        return repeated;
    }

    static Object negate(Object value) {
        return value instanceof Double n ? (Object) (-n) : (Object) Math.negateExact(Values.integer(value));
    }

    static boolean compare(String operator, Object a, Object b) {
        return switch (operator) {
            case "==" -> Values.equal(a, b);
            case "!=" -> !Values.equal(a, b);
            case "in" -> Values.contains(b, a);
            case "not in" -> !Values.contains(b, a);
            case "<" -> Values.compare(a, b) < 0;
            case "<=" -> Values.compare(a, b) <= 0;
            case ">" -> Values.compare(a, b) > 0;
            default -> Values.compare(a, b) >= 0;
        };
    }

    /** Python's slice: places count from the end where negative, and none is out of range. */
    static Object slice(Object of, @Nullable Integer from, @Nullable Integer to, @Nullable Integer by) {
        if (of instanceof Undefined u) {
            throw u.error();
        }
        if (!(of instanceof String) && !(of instanceof List<?>)) {
            return new Undefined(Values.typeName(of) + " has no slices, and this one");
        }
        List<Object> items = Values.items(of);
        int size = items.size();
        int step = by == null ? 1 : by;
        if (step == 0) {
            throw JinjaErrors.failed("the step of a slice is zero");
        }
        int start = place(from, step > 0 ? 0 : size - 1, size, step);
        int end = place(to, step > 0 ? size : -1, size, step);
        List<Object> taken = new ArrayList<>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            taken.add(items.get((int) i));
        }
        if (of instanceof String) {
            StringBuilder text = new StringBuilder();
            taken.forEach(text::append);
            return text.toString();
        }
        return of instanceof Tuple ? new Tuple(taken) : taken;
    }

    private static int place(@Nullable Integer given, int otherwise, int size, int step) {
        if (given == null) {
            return otherwise;
        }
        int place = given < 0 ? given + size : given;
        return step > 0 ? Math.clamp(place, 0, size) : Math.clamp(place, -1, size - 1);
    }
}
