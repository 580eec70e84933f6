package dev.temper.web.task;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers of trainings as people write them: four figures of a loss, rates as in 1e-4. */
final class Figures {
    private static final MathContext FOUR = new MathContext(4);

    private Figures() {}

    static String shown(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        double size = Math.abs(value);
        BigDecimal rounded = BigDecimal.valueOf(value).round(FOUR).stripTrailingZeros();
        if (size >= 1e-3 && size < 1e4) {
            return rounded.toPlainString();
        }
        if (size >= 1e4) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int power = rounded.precision() - rounded.scale() - 1;
        return rounded.scaleByPowerOfTen(-power).toPlainString() + "e" + power;
    }

    /** As somebody would type it: 1e-4, 0.3, 16. */
    static String typed(Object value) {
        if (!(value instanceof Number number)) {
            return String.valueOf(value);
        }
        BigDecimal exact = new BigDecimal(number.toString()).stripTrailingZeros();
        int power = exact.precision() - exact.scale() - 1;
        return exact.signum() == 0 || power >= -2
                ? exact.toPlainString()
                : exact.scaleByPowerOfTen(-power).toPlainString() + "e" + power;
    }
}
