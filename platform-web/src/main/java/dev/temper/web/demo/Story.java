package dev.temper.web.demo;

import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What is shown of a run while it goes: each state once, and the loss of held-out rows now and then. */
final class Story {
    private static final int PARTS = 5;

    private final Consumer<String> out;
    private String state = "";
    private long seen;
    private double firstLoss = Double.NaN;
    private double lastLoss = Double.NaN;
    private long shown = -1;

    Story(Consumer<String> out) {
        this.out = out;
    }

    void at(String now) {
        if (!now.equals(state)) {
            state = now;
            out.accept("  The run is " + now.toLowerCase(Locale.ROOT));
        }
    }

    /** Returns how many there were. */
    int tell(JsonNode events) {
        for (JsonNode event : events) {
            seen = event.path("id").asLong();
            JsonNode loss = event.path("body").path("values").path("eval_loss");
            if (loss.isNumber()) {
                evaluated(event.path("body"), loss.asDouble());
            }
        }
        return events.size();
    }

    private void evaluated(JsonNode metrics, double loss) {
        if (Double.isNaN(firstLoss)) {
            firstLoss = loss;
        }
        lastLoss = loss;
        long step = metrics.path("step").asLong();
        long total = Math.max(1, metrics.path("totalSteps").asLong());
        long part = step * PARTS / total;
        if (part > shown) {
            shown = part;
            out.accept("  Step %d of %d, loss on held-out rows %.2f".formatted(step, total, loss));
        }
    }

    long seen() {
        return seen;
    }

    double firstLoss() {
        return firstLoss;
    }

    double lastLoss() {
        return lastLoss;
    }
}
