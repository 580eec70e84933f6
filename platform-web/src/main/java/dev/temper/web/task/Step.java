package dev.temper.web.task;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page of the form; all can be gone to at any time. */
enum Step {
    DATASET,
    MODEL,
    COMPUTE,
    PARAMETERS,
    REVIEW;

    private static final List<Step> ALL = List.of(values());

    static Optional<Step> of(String id) {
        return ALL.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** Where a field is that something is wrong with. */
    static Step having(String field) {
        return switch (field) {
            case "data" -> DATASET;
            case "model" -> MODEL;
            case "pool", "devices", "priority", "estimateSeconds" -> COMPUTE;
            case "name" -> REVIEW;
            default -> PARAMETERS;
        };
    }

    /** In addresses and messages. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Step next() {
        int at = ALL.indexOf(this);
        return ALL.get(Math.min(at + 1, ALL.size() - 1));
    }

    /** The one before; null for the first. */
    public @Nullable Step before() {
        int at = ALL.indexOf(this);
        return at == 0 ? null : ALL.get(at - 1);
    }
}
