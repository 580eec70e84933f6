package dev.temper.web.task;

import dev.temper.platform.job.JobEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The losses of a run as a drawing of 600 by 200 units. A step that was done again after a restart counts once, as it was
 * done last.
 *
 * @param train points of a polyline
 * @param held points of the polyline through what was measured on held-out rows; empty where nothing was
 * @param low the least loss drawn
 * @param high the greatest
 */
record LossCurve(
        String train,
        String held,
        String low,
        String high,
        long step,
        long steps,
        @Nullable String last,
        @Nullable String lastHeld,
        @Nullable String rate) {
    static final int WIDTH = 600;
    static final int HEIGHT = 200;
    private static final int POINTS = 1_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    static LossCurve of(List<JobEvent> events) {
        TreeMap<Long, Double> train = new TreeMap<>();
        TreeMap<Long, Double> held = new TreeMap<>();
        long steps = 0;
        @Nullable String rate = null;
        for (JobEvent event : events) {
            if (!event.type().equals("metrics")) {
                continue;
            }
            JsonNode body = JSON.readTree(event.body());
            long step = body.path("step").asLong();
            steps = Math.max(steps, body.path("totalSteps").asLong());
            JsonNode values = body.path("values");
            put(train, step, values.path("loss"));
            put(held, step, values.path("eval_loss"));
            if (values.path("tokens_per_second").isNumber()) {
                rate = shown(values.path("tokens_per_second").asDouble());
            }
        }
        List<Double> all = new ArrayList<>(train.values());
        all.addAll(held.values());
        double low = all.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double high = all.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        long end = Math.max(steps, Math.max(1, train.isEmpty() ? 0 : train.lastKey()));
        return new LossCurve(
                points(train, end, low, high),
                points(held, end, low, high),
                shown(low),
                shown(high),
                train.isEmpty() ? 0 : train.lastKey(),
                steps,
                train.isEmpty() ? null : shown(train.lastEntry().getValue()),
                held.isEmpty() ? null : shown(held.lastEntry().getValue()),
                rate);
    }

    private static void put(TreeMap<Long, Double> into, long step, JsonNode value) {
        if (value.isNumber()) {
            into.put(step, value.asDouble());
        }
    }

    private static String points(TreeMap<Long, Double> values, long end, double low, double high) {
        double span = high > low ? high - low : 1;
        int every = Math.max(1, values.size() / POINTS);
        StringBuilder points = new StringBuilder();
        int at = 0;
        for (var point : values.entrySet()) {
            if (at++ % every == 0 || at == values.size()) {
                points.append(String.format(
                        Locale.ROOT,
                        "%.1f,%.1f ",
                        WIDTH * (double) point.getKey() / end,
                        HEIGHT - HEIGHT * (point.getValue() - low) / span));
            }
        }
        return points.toString().strip();
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    public boolean empty() {
        return train.isEmpty() && held.isEmpty();
    }

    public long percent() {
        return steps == 0 ? 0 : Math.min(100, 100 * step / steps);
    }
}
