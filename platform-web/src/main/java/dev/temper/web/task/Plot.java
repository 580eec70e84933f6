package dev.temper.web.task;

import static java.util.stream.Collectors.joining;

import dev.temper.platform.job.Curve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Series over steps as a drawing of 600 by 200 units, stretched to the room there is; its labels are text beside it, so that
 * they are not.
 *
 * @param key names it, in messages and ids
 * @param from the step at its left edge, and to at its right
 * @param heights values of the lines across, from the top down, evenly apart
 * @param steps numbers below it, evenly apart
 * @param table the same as text, at some of the steps
 */
record Plot(String key, long from, long to, List<Line> lines, List<Tick> heights, List<Tick> steps, List<Row> table) {
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
     * @param raw of another polyline, faint beneath: what was smoothed; null where nothing was
     * @param steps of its points, and values as they were told, both in their order
     * @param dots a path of single points, where there are few enough to tell them apart
     * @param last its last value, low and high the ends of its range
     */
    record Line(
            String name,
            int colour,
            String points,
            @Nullable String raw,
            String steps,
            String values,
            String dots,
            String last,
            String low,
            String high) {}

    /**
     * How a plot is to be seen.
     *
     * @param from its first step, and to its last; as far as the points go where that is further
     * @param log its heights grow by factors; values of 0 and less have no place there and are left out
     */
    record View(long from, long to, boolean log, Smoothing smoothing) {
        static View whole(long totalSteps) {
            return new View(0, totalSteps, false, Smoothing.NONE);
        }
    }

    /** @param at its place in the drawing */
    record Tick(double at, String label) {}

    record Row(long step, List<String> values) {}

    /** The whole of it. */
    static Plot of(String key, List<Series> all, long totalSteps) {
        return of(key, all, View.whole(totalSteps));
    }

    /** Series without points are left out; where none has any, so are all lines. */
    static Plot of(String key, List<Series> all, View view) {
        List<Series> drawn = all.stream()
                .map(series -> view.log() ? positive(series) : series)
                .filter(series -> !series.points().isEmpty())
                .toList();
        if (drawn.isEmpty()) {
            return new Plot(key, 0, 0, List.of(), List.of(), List.of(), List.of());
        }
        Scale scale = Scale.of(() -> drawn.stream().flatMapToDouble(Plot::values), view.log());
        Span span = Span.of(view.from(), Math.max(view.to(), lastStep(drawn)));
        return new Plot(
                key,
                span.from(),
                span.to(),
                drawn.stream()
                        .map(series -> line(series, scale, span, view.smoothing()))
                        .toList(),
                scale.ticks(),
                span.ticks(),
                table(drawn));
    }

    private static Series positive(Series series) {
        return new Series(
                series.name(),
                series.colour(),
                series.points().stream().filter(point -> point.value() > 0).toList());
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

    private static Line line(Series series, Scale scale, Span span, Smoothing smoothing) {
        List<Point> smooth = smoothing.of(series.points());
        double low = values(series).min().orElse(0);
        double high = values(series).max().orElse(0);
        return new Line(
                series.name(),
                series.colour(),
                drawn(smooth, "", ",", " ", scale, span),
                smoothing.none() ? null : drawn(series.points(), "", ",", " ", scale, span),
                series.points().stream()
                        .map(point -> Long.toString(point.step()))
                        .collect(joining(" ")),
                series.points().stream()
                        .map(point -> Figures.shown(point.value()))
                        .collect(joining(" ")),
                smooth.size() <= DOTTED ? drawn(smooth, "M", " ", "h0", scale, span) : "",
                Figures.shown(series.points().getLast().value()),
                Figures.shown(low),
                Figures.shown(high));
    }

    private static String drawn(
            List<Point> points, String before, String between, String after, Scale scale, Span span) {
        StringBuilder all = new StringBuilder();
        for (Point point : points) {
            all.append(before).append(tenths(span.x(point.step()))).append(between);
            all.append(tenths(scale.y(point.value()))).append(after);
        }
        return all.toString().strip();
    }

    /** A thousand points a line, and a format for each, took longer than to fetch them. */
    private static double tenths(double length) {
        return Math.round(length * 10) / 10.0;
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

    /** Steps from the left to the right. */
    private record Span(long from, long to, long parts) {
        private static final long[] PARTS = {4, 5, 3, 6, 2};

        /** Its ticks stand evenly; where their number divides into no few parts, it ends up to three steps later. */
        static Span of(long from, long to) {
            long steps = Math.max(1, to - from);
            if (steps == 1) {
                return new Span(from, from + 1, 1);
            }
            return LongStream.of(PARTS)
                    .filter(parts -> steps % parts == 0)
                    .mapToObj(parts -> new Span(from, from + steps, parts))
                    .findFirst()
                    .orElseGet(() -> new Span(from, from + Math.ceilDiv(steps, PARTS[0]) * PARTS[0], PARTS[0]));
        }

        double x(long step) {
            return WIDTH * (double) (step - from) / (to - from);
        }

        List<Tick> ticks() {
            return LongStream.rangeClosed(0, parts)
                    .map(part -> from + (to - from) * part / parts)
                    .mapToObj(step -> new Tick(x(step), String.format(Locale.ROOT, "%,d", step)))
                    .toList();
        }
    }

    /** Whole units of a size that is short to write, around all values or around their logarithms. */
    private record Scale(double low, double unit, int units, boolean log) {
        static Scale of(Supplier<DoubleStream> all, boolean log) {
            Supplier<DoubleStream> values = () -> log ? all.get().map(Math::log10) : all.get();
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
            return new Scale(low, unit, units, log);
        }

        double y(double value) {
            return HEIGHT - HEIGHT * ((log ? Math.log10(value) : value) - low) / (unit * units);
        }

        List<Tick> ticks() {
            List<Tick> ticks = new ArrayList<>();
            for (int i = units; i >= 0; i--) {
                double at = low + unit * i;
                ticks.add(new Tick(HEIGHT - (double) HEIGHT * i / units, Figures.shown(log ? Math.pow(10, at) : at)));
            }
            return ticks;
        }
    }
}
