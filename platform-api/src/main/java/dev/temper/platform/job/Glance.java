package dev.temper.platform.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's numbers as a list shows them.
 *
 * @param step the last one
 * @param totalSteps 0 where it is not known
 * @param loss the last one; null before there is any
 * @param losses some two dozen over its steps, for a drawing as large as a word
 */
public record Glance(long step, long totalSteps, @Nullable Double loss, List<Double> losses) {
    public Glance {
        losses = List.copyOf(losses);
    }
}
