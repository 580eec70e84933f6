package dev.temper.platform.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run's numbers over its steps, thinned: the least and the greatest loss of each stretch stay, so that no spike is lost, and
 * so does the last step. A step that was done again after a restart counts as it was done last.
 *
 * @param step the last one
 * @param totalSteps 0 where it is not known
 * @param stepSeconds how long a step took lately; null before two are known
 * @param series by name, as {@code loss}, {@code eval_loss}, {@code learning_rate}; each in the order of its steps
 */
public record Curve(long step, long totalSteps, @Nullable Double stepSeconds, Map<String, List<Point>> series) {
    public Curve {
        series = Map.copyOf(series);
    }

    /** A value after a step. */
    public record Point(long step, double value) {}

    public List<Point> of(String name) {
        return series.getOrDefault(name, List.of());
    }

    public Optional<Point> last(String name) {
        List<Point> points = of(name);
        return points.isEmpty() ? Optional.empty() : Optional.of(points.getLast());
    }

    /** Gathers points, each step of a series once. */
    static final class Builder {
        private static final int LATELY = 50;

        private final Map<String, TreeMap<Long, Double>> series = new TreeMap<>();
        private final TreeMap<Long, Instant> times = new TreeMap<>();
        private long total;
        private long fence;

        /** A step was done in the attempt of that fence; of earlier attempts the times say nothing about this one. */
        void done(long step, long total, long fence, Instant at) {
            this.total = Math.max(this.total, total);
            if (fence > this.fence) {
                this.fence = fence;
                times.clear();
            }
            if (fence == this.fence) {
                times.put(step, at);
            }
        }

        private @Nullable Double stepSeconds() {
            if (times.size() < 2) {
                return null;
            }
            var last = times.lastEntry();
            var before = times.headMap(last.getKey(), false).descendingMap().entrySet().stream()
                    .limit(LATELY)
                    .reduce((_, earlier) -> earlier)
                    .orElseThrow();
            return Duration.between(before.getValue(), last.getValue()).toMillis()
                    / 1e3
                    / (last.getKey() - before.getKey());
        }

        void put(String name, long step, double value) {
            series.computeIfAbsent(name, _ -> new TreeMap<>()).put(step, value);
        }

        Curve build() {
            Map<String, List<Point>> all = new TreeMap<>();
            series.forEach((name, points) -> all.put(
                    name,
                    points.entrySet().stream()
                            .map(point -> new Point(point.getKey(), point.getValue()))
                            .toList()));
            return new Curve(times.isEmpty() ? 0 : times.lastKey(), total, stepSeconds(), all);
        }
    }
}
