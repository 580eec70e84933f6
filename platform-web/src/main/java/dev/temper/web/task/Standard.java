package dev.temper.web.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Settings that go together, for everybody. */
enum Standard {
    /** Whether it runs at all. */
    QUICK,
    /** More passes, smaller steps, and an end before it learns by heart. */
    CAREFUL,
    /** The least memory. */
    SMALL;

    static Optional<Standard> of(String id) {
        return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
    }

    /** In addresses and messages. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Map<String, String> fields() {
        return switch (this) {
            case QUICK -> Map.of("epochs", "1", "rank", "8", "saveSteps", "50");
            case CAREFUL -> Map.of("epochs", "5", "learningRate", "5e-5", "heldOut", "0.1", "patience", "2");
            case SMALL -> Map.of("batch", "1", "accumulation", "16", "rank", "8", "cutoff", "512");
        };
    }
}
