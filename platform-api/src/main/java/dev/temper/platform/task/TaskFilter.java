package dev.temper.platform.task;

import dev.temper.platform.job.JobState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks are wanted, and in which order.
 *
 * @param states any of which its job may be in; empty for all
 * @param owner whose; null for everybody's
 * @param method {@code lora}, {@code full} …; empty for all
 * @param model the base model by its name; empty for all
 * @param text what their name has in it, or their number; empty for all
 */
public record TaskFilter(
        List<JobState> states, @Nullable UUID owner, String method, String model, String text, Order order) {
    public static final TaskFilter ALL = new TaskFilter(List.of(), null, "", "", "", Order.NEWEST);

    public TaskFilter {
        states = List.copyOf(states);
        method = method.strip();
        model = model.strip();
        text = text.strip();
    }

    /** As a query says it, a minus for the other way round. */
    public enum Order {
        NEWEST("-created"),
        OLDEST("created"),
        NAME("name"),
        NAME_BACKWARDS("-name");

        private final String id;

        Order(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }

        public static Optional<Order> of(String id) {
            return Arrays.stream(values()).filter(one -> one.id.equals(id)).findFirst();
        }

        boolean byName() {
            return this == NAME || this == NAME_BACKWARDS;
        }

        boolean falling() {
            return this == NEWEST || this == NAME_BACKWARDS;
        }
    }
}
