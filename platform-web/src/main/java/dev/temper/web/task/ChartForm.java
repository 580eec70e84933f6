package dev.temper.web.task;

import dev.temper.platform.job.Curve;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How somebody looks at the curves of a task, in its page's address.
 *
 * @param from the first step to show; null from the beginning on
 * @param to the last; null to the end
 * @param y {@code log} or nothing
 * @param smooth {@code auto}, or a weight below 1, or nothing
 */
record ChartForm(
        @Nullable Long from,
        @Nullable Long to,
        @Nullable String y,
        @Nullable String smooth) {
    /** What is offered; {@code 0} is as it was. */
    static final List<String> SMOOTH = List.of("0", "auto", "0.5", "0.8", "0.9", "0.95", "0.99");

    /** Whether only a part of the steps is asked for. */
    boolean part() {
        return first() > 0 || last() < Long.MAX_VALUE;
    }

    long first() {
        return from == null ? 0 : Math.max(0, from);
    }

    /** Never before the first: a part that is none shows what comes after it. */
    long last() {
        return to == null || to <= first() ? Long.MAX_VALUE : to;
    }

    public boolean log() {
        return "log".equals(y);
    }

    /** What of the offered is chosen; anything else is as nothing. */
    public String smoothed() {
        return smooth != null && SMOOTH.contains(smooth) ? smooth : "0";
    }

    public List<String> offered() {
        return SMOOTH;
    }

    /** Of the whole curve, which says how long the run is. */
    Plot.View view(Curve whole) {
        Smoothing smoothing =
                smoothed().equals("auto") ? Smoothing.AUTO : new Smoothing(Double.parseDouble(smoothed()));
        long end = Math.max(whole.totalSteps(), whole.step());
        return new Plot.View(first(), Math.min(last(), Math.max(end, first())), log(), smoothing);
    }
}
