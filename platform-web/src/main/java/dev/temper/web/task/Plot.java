package dev.temper.web.task;

import dev.temper.platform.job.Curve;
import dev.temper.platform.job.Curve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * Series over steps as a drawing of 600 by 200 units, stretched to the room there is; its labels are text beside it, so that
 * they are not.
 *
 * @param key names it, in messages and ids
 * @param heights values of the lines across, from the top down, evenly apart
 * @param steps numbers below it, evenly apart
 * @param table the same as text, at some of the steps
 */
record Plot(String key, List<Line> lines, List<Tick> heights, List<Tick> steps, List<Row> table) {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 200;
    private static final int DOTTED = 40;
    private static final int ROWS = 12;

    Plot {
        lines = List.copyOf(lines);
        heights = List.copyOf(heights);
        steps = List.copyOf(steps);
        table = List.copyOf(table);
    }

    /** What is to be drawn: its name for people, and the place of its colour in the palette. */
    record Series(String name, int colour, List<Point> points) {}

    /**
     * A series as it is drawn.
     *
     * @param points of a polyline
     * @param dots a path of single points, where there are few enough to tell them apart
     * @param last its last value, low and high the ends of its range
     */
    record Line(String name, int colour, String points, String dots, String last, String low, String high) {}

    /** @param at its place in the drawing */
    record Tick(double at, String label) {}

    record Row(long step, List<String> values) {}

    /** Series without points are left out; where none has any, so are all lines. */
    static Plot of(String key, List<Series> all, long totalSteps) {
        List<Series> drawn =
                all.stream().filter(series -> !series.points().isEmpty()).toList();
        if (drawn.isEmpty()) {
            return new Plot(key, List.of(), List.of(), List.of(), List.of());
        }
        Scale scale = Scale.of(() -> drawn.stream().flatMapToDouble(Plot::values));
        long end = Math.max(1, Math.max(totalSteps, lastStep(drawn)));
        return new Plot(
                key,
                drawn.stream().map(series -> line(series, scale, end)).toList(),
                scale.ticks(),
                along(end),
                table(drawn));
    }

    static Plot of(String key, String name, Curve curve, String series) {
        return of(key, List.of(new Series(name, 0, curve.of(series))), curve.totalSteps());
    }

    public boolean empty() {
        return lines.isEmpty();
    }

    private static DoubleStream values(Series series) {
        return series.points().stream().mapToDouble(Point::value);
    }

    private static long lastStep(List<Series> drawn) {
        return drawn.stream()
                .mapToLong(series -> series.points().getLast().step())
                .max()
                .orElse(0);
    }

    private static Line line(Series series, Scale scale, long end) {
        StringBuilder points = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        boolean few = series.points().size() <= DOTTED;
        for (Point point : series.points()) {
            double x = WIDTH * (double) point.step() / end;
            double y = scale.y(point.value());
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            if (few) {
                dots.append(String.format(Locale.ROOT, "M%.1f %.1fh0", x, y));
            }
        }
        double low = values(series).min().orElse(0);
        double high = values(series).max().orElse(0);
        return new Line(
                series.name(),
                series.colour(),
                points.toString().strip(),
                dots.toString(),
                Figures.shown(series.points().getLast().value()),
                Figures.shown(low),
                Figures.shown(high));
    }

    private static List<Tick> along(long end) {
        long parts = Math.min(4, end);
        List<Tick> steps = new ArrayList<>();
        for (long i = 0; i <= parts; i++) {
            steps.add(new Tick(WIDTH * (double) i / parts, String.format(Locale.ROOT, "%,d", end * i / parts)));
        }
        return steps;
    }

    private static List<Row> table(List<Series> drawn) {
        TreeSet<Long> all = new TreeSet<>();
        drawn.forEach(series -> series.points().forEach(point -> all.add(point.step())));
        List<Long> steps = List.copyOf(all);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(ROWS, steps.size()); i++) {
            long step = steps.get(Math.toIntExact(Math.round(
                    (steps.size() - 1.0) * i / Math.max(1, Math.min(ROWS, steps.size()) - 1))));
            rows.add(new Row(
                    step, drawn.stream().map(series -> until(series, step)).toList()));
        }
        return rows;
    }

    /** Its value as of a step. */
    private static String until(Series series, long step) {
        return series.points().stream()
                .filter(point -> point.step() <= step)
                .reduce((_, later) -> later)
                .map(point -> Figures.shown(point.value()))
                .orElse("–");
    }

    /** Whole units of a size that is short to write, around all values. */
    private record Scale(double low, double unit, int units) {
        static Scale of(Supplier<DoubleStream> values) {
            double least = values.get().min().orElse(0);
            double most = values.get().max().orElse(1);
            double span = most > least ? most - least : Math.max(Math.abs(most) / 10, 1e-9);
            double power = Math.pow(10, Math.floor(Math.log10(span / 4)));
            double unit = DoubleStream.of(1, 2, 2.5, 5, 10)
                    .map(factor -> factor * power)
                    .filter(size -> size * 5 >= span)
                    .findFirst()
                    .orElse(10 * power);
            double low = Math.floor(least / unit + 1e-9) * unit;
            int units = Math.max(1, (int) Math.ceil((most - low) / unit - 1e-9));
            return new Scale(low, unit, units);
        }

        double y(double value) {
            return HEIGHT - HEIGHT * (value - low) / (unit * units);
        }

        List<Tick> ticks() {
            List<Tick> ticks = new ArrayList<>();
            for (int i = units; i >= 0; i--) {
                ticks.add(new Tick(HEIGHT - (double) HEIGHT * i / units, Figures.shown(low + unit * i)));
            }
            return ticks;
        }
    }
}
