package dev.temper.text.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Python's conversions of numbers. */
final class Numbers {
    private Numbers() {}

    static Object toInteger(Object value, Object otherwise, int base) {
        try {
            return switch (value) {
                case Double n -> (long) n.doubleValue();
                case String text -> integer(PythonText.strip(text, PythonText.WHITE_SPACE, true, true), base);
                case Undefined u -> otherwise;
                case None n -> otherwise;
                default -> Values.isNumber(value) ? (Object) Values.integer(value) : otherwise;
            };
        } catch (NumberFormatException notOne) {
            return otherwise;
        }
    }

    private static long integer(String text, int base) {
        try {
            return Long.parseLong(text.replace("_", ""), base);
        } catch (NumberFormatException notWhole) {
            return (long) Double.parseDouble(text);
        }
    }

    static Object toFloat(Object value, Object otherwise) {
        try {
            return switch (value) {
                case String text -> Double.parseDouble(PythonText.strip(text, PythonText.WHITE_SPACE, true, true));
                default -> Values.isNumber(value) ? (Object) Values.number(value) : otherwise;
            };
        } catch (NumberFormatException notOne) {
            return otherwise;
        }
    }

    static double round(double value, int precision, String method) {
        RoundingMode mode = switch (method) {
            case "common" -> RoundingMode.HALF_EVEN;
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> throw JinjaErrors.failed("round knows common, ceil and floor, not " + method);
        };
        return new BigDecimal(value)
                .setScale(Math.clamp(precision, -300, 300), mode)
                .doubleValue();
    }
}
