package dev.temper.web.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task will take, as it is shown.
 *
 * @param percent of the device's memory
 * @param parts of the memory, the largest first
 * @param time as a range; null where it can't be told
 * @param basis where the time comes from
 * @param cut what the cutoff costs; null where it costs nothing
 */
record Estimate(
        @Nullable String memory,
        @Nullable String available,
        long percent,
        List<Part> parts,
        @Nullable String time,
        @Nullable String basis,
        @Nullable String hours,
        String rows,
        String steps,
        @Nullable String tokens,
        @Nullable String cut) {
    /** @param name key of a message */
    record Part(String name, String size) {}
}
