package dev.temper.platform.task;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task that is still being put together.
 *
 * @param number in the tenant's addresses
 * @param form what was typed, by the names of fields
 * @param version goes up with each save
 * @param task the number of the task it became; null while it is none
 */
public record Draft(
        long number,
        Map<String, String> form,
        long version,
        @Nullable Long task,
        Instant changedAt) implements Versioned {
    public Draft {
        form = Map.copyOf(form);
    }
}
