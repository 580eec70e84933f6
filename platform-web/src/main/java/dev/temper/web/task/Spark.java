package dev.temper.web.task;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A curve as large as a word. */
final class Spark {
    private static final double WIDTH = 100;
    private static final double HEIGHT = 24;
    /** So that half a line's width is not cut off. */
    private static final double EDGE = 2;

    private Spark() {}

    /** Points of a polyline in 100 by 24 units, from the left to the right; empty for fewer than two numbers. */
    static String points(List<Double> values) {
        List<Double> finite = values.stream().filter(Double::isFinite).toList();
        if (finite.size() < 2) {
            return "";
        }
        double low = finite.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = finite.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double range = high > low ? high - low : 1;
        return IntStream.range(0, finite.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        i * WIDTH / (finite.size() - 1),
                        EDGE + (high - finite.get(i)) / range * (HEIGHT - 2 * EDGE)))
                .collect(Collectors.joining(" "));
    }
}
