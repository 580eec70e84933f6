package dev.temper.benchmarks.schedule;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small line chart as SVG that reads on a light and on a dark page. */
record Plot(String title, String unit, String horizontal, List<Curve> curves) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 220;
    private static final int LEFT = 56;
    private static final int TOP = 34;
    private static final int BOTTOM = 36;
    private static final List<String> COLOURS = List.of("#2f7ed8", "#d9822b");

    /** @param values at equal distances from left to right */
    record Curve(String name, List<Double> values) {
        double highest() {
            return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }

    String svg() {
        double most =
                Math.max(1e-9, curves.stream().mapToDouble(Curve::highest).max().orElse(1));
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" \
                font-family="sans-serif" font-size="12" fill="#808080">
                """.formatted(WIDTH, HEIGHT, title));
        svg.append("<text x=\"%d\" y=\"16\" font-weight=\"bold\">%s</text>\n".formatted(LEFT, title));
        for (int line = 0; line <= 4; line++) {
            double y = y(most * line / 4, most);
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %.1fH%d\" stroke=\"#808080\" stroke-opacity=\".3\"/>\n",
                    LEFT,
                    y,
                    WIDTH));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                    LEFT - 6,
                    y + 4,
                    label(most * line / 4)));
        }
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n".formatted(WIDTH, HEIGHT - 8, horizontal));
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            String colour = COLOURS.get(i % COLOURS.size());
            svg.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>\n"
                    .formatted(colour, points(curve, most)));
            svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n"
                    .formatted(LEFT + i * 220, HEIGHT - 8, colour, curve.name));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String points(Curve curve, double most) {
        int last = Math.max(1, curve.values.size() - 1);
        return IntStream.range(0, curve.values.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        LEFT + (double) (WIDTH - LEFT) * i / last,
                        y(curve.values.get(i), most)))
                .collect(Collectors.joining(" "));
    }

    private static double y(double value, double most) {
        return HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP);
    }

    private String label(double value) {
        return String.format(Locale.ROOT, value >= 10 || value == 0 ? "%.0f%s" : "%.1f%s", value, unit);
    }
}
