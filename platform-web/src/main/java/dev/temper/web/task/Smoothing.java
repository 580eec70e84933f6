package dev.temper.web.task;

import dev.temper.platform.job.Curve.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * A moving average that begins at the first value: each point is the one before it by this weight, and itself by the rest.
 *
 * @param weight from 0, as it was, to less than 1; below 0 by how many points there are, as LLaMA-Factory's charts do
 */
record Smoothing(double weight) {
    static final Smoothing NONE = new Smoothing(0);
    static final Smoothing AUTO = new Smoothing(-1);

    boolean none() {
        return weight == 0;
    }

    List<Point> of(List<Point> points) {
        if (none() || points.isEmpty()) {
            return points;
        }
        double before = weight < 0 ? 1.8 * (1 / (1 + Math.exp(-0.05 * points.size())) - 0.5) : weight;
        List<Point> smooth = new ArrayList<>(points.size());
        double value = points.getFirst().value();
        for (Point point : points) {
            value = before * value + (1 - before) * point.value();
            smooth.add(new Point(point.step(), value));
        }
        return smooth;
    }
}
