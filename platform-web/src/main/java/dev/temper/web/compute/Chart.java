package dev.temper.web.compute;

import dev.temper.platform.resource.UsageDay;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Device-hours of a month as bars of days, stacked by pool, laid out for a drawing of 720 × 200. More than six pools are one
 * bar: nobody tells more colours apart.
 *
 * @param series the pools, in the order of their colours
 * @param lines the scale: hours at heights
 */
record Chart(List<String> series, List<Column> columns, List<Line> lines) {
    private static final int SERIES = 6;
    private static final double TOP = 10;
    private static final double BOTTOM = 172;
    private static final double LEFT = 44;
    private static final double WIDTH = 668;
    private static final double HOUR = 3_600;

    /**
     * A day.
     *
     * @param label whether its number is written below; not each, or they would touch
     */
    record Column(LocalDate day, double x, double width, List<Part> parts, String hours, boolean label) {
        public double middle() {
            return round(x + width / 2);
        }
    }

    record Part(int series, double y, double height) {}

    record Line(double y, String hours) {}

    static Chart of(YearMonth month, List<UsageDay> usage) {
        List<String> pools =
                usage.stream().map(UsageDay::pool).distinct().sorted().toList();
        boolean several = pools.size() <= SERIES;
        Map<LocalDate, Map<String, Long>> days = usage.stream()
                .collect(Collectors.groupingBy(
                        UsageDay::day,
                        TreeMap::new,
                        Collectors.groupingBy(
                                each -> several ? each.pool() : "",
                                TreeMap::new,
                                Collectors.summingLong(UsageDay::deviceSeconds))));
        double most = days.values().stream()
                .mapToDouble(
                        day -> day.values().stream().mapToLong(Long::longValue).sum() / HOUR)
                .max()
                .orElse(0);
        double scale = niceAbove(most);
        List<String> series = several ? pools : List.of("");
        double step = WIDTH / month.lengthOfMonth();
        List<Column> columns = new ArrayList<>();
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            Map<String, Long> parts = days.getOrDefault(month.atDay(day), Map.of());
            columns.add(new Column(
                    month.atDay(day),
                    round(LEFT + (day - 1) * step + step * 0.15),
                    round(step * 0.7),
                    parts(parts, series, scale),
                    Measures.hours(
                            parts.values().stream().mapToLong(Long::longValue).sum()),
                    day == 1 || day % 5 == 0));
        }
        return new Chart(series, columns, lines(scale));
    }

    private static List<Part> parts(Map<String, Long> day, List<String> series, double scale) {
        List<Part> parts = new ArrayList<>();
        double y = BOTTOM;
        for (int i = 0; i < series.size(); i++) {
            double height = day.getOrDefault(series.get(i), 0L) / HOUR / scale * (BOTTOM - TOP);
            y -= height;
            if (height > 0) {
                parts.add(new Part(i, round(y), round(height)));
            }
        }
        return parts;
    }

    private static List<Line> lines(double scale) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            double hours = scale * i / 4;
            lines.add(new Line(
                    round(BOTTOM - (BOTTOM - TOP) * i / 4),
                    hours == Math.rint(hours) ? String.valueOf((long) hours) : String.valueOf(hours)));
        }
        return lines;
    }

    /** The next of 1, 2, 4, 8 × a power of ten, whose quarters are short to write. */
    private static double niceAbove(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1))));
        for (double factor : new double[] {1, 2, 4, 8}) {
            if (factor * power >= most) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
